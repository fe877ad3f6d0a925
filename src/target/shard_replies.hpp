// The part of each shard in the reply of a write command, as mongos puts it in `raw`. Pure.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "bson/document.hpp"

namespace mim::target {

// Fails with the first shard's refusal, the shard named: other shards may have done their part. Fine without
// `raw`.
[[nodiscard]] Done check_shards(bson::DocumentView reply, std::string_view command);

}  // namespace mim::target
