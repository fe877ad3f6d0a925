// What a sharded collection demands of its indexes. Source: mongo src/mongo/db/s/shard_key_index_util.cpp and
// src/mongo/s/shard_key_pattern.cpp; semantics sections 7 and 8. Pure.
#pragma once

#include <vector>

#include "index/definition/spec.hpp"

namespace mim::index {

// Whether a ready index, as listed, serves the shard key: the key begins with it, value for value; neither
// partial nor sparse nor hidden; no collation of its own. That no document makes it multikey is assumed.
[[nodiscard]] bool supports_shard_key(const Spec& listed, bson::DocumentView shard_key);

// Whether MongoDB lets an index of this key be unique: it begins with the fields of the shard key, or with
// `_id`, which MongoDB does not judge.
[[nodiscard]] bool may_be_unique_across_shards(bson::DocumentView key, bson::DocumentView shard_key);

// Whether MongoDB refuses to drop (370) or hide (72) the index of this name: it is the only one of `ready`
// that supports the shard key.
[[nodiscard]] bool is_last_for_shard_key(const std::vector<Spec>& ready, std::string_view name,
                                         bson::DocumentView shard_key);

}  // namespace mim::index
