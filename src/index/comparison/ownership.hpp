// Indexes that MongoDB made and keeps by itself: nobody may define, alter or drop them here.
#pragma once

#include "index/definition/collection_traits.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

// The `_id_` index. It never appears in a comparison or a plan.
[[nodiscard]] bool is_id(const Spec& spec);

// By which MongoDB finds what Queryable Encryption encrypted in the collection.
[[nodiscard]] bool is_of_queryable_encryption(const Spec& live, const CollectionTraits& collection);

// That one, a clustered collection's own index, or the {meta, time} index that a time-series collection gets
// by itself (6.3 and newer). Source: semantics sections 2 and 8.
[[nodiscard]] bool is_server_owned(const Spec& live, const CollectionTraits& collection);

}  // namespace mim::index
