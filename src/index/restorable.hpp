// From a listed index to a definition that makes exactly this index again in its collection.
#pragma once

#include "index/collection_traits.hpp"
#include "index/spec.hpp"

namespace mim::index {

// user_form, and the simple collation written out where the collection has another default: a listing shows
// no collation for `{locale: "simple"}`, but a definition without one would inherit the default. Version 1
// indexes take no collation at all and stay as they are. Source: semantics section 2.3.
[[nodiscard]] Spec restorable_form(const Spec& listed, const CollectionTraits& collection);

}  // namespace mim::index
