// The part of each shard in the reply of a write command, as mongos puts it in `raw`. Pure.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "bson/document.hpp"
#include "drivers/mongoc/sent_secrets.hpp"

namespace mim::target {

// Fails with the first shard's refusal, the shard named: other shards may have done their part. Its words are
// shown without `secrets`. Fine without `raw`.
[[nodiscard]] Done check_shards(bson::DocumentView reply, std::string_view command,
                                const drivers::mongoc::SentSecrets& secrets);

}  // namespace mim::target
