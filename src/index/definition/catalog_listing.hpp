// What a first batch of listIndexes makes of an index as the catalog holds it: the order of its fields and
// their types, since 5.0. $listCatalog shows the catalog's own form. Source: mongo src/mongo/db/
// list_indexes.idl; semantics sections 2 and 10. Pure.
#pragma once

#include <string_view>

#include "index/definition/spec.hpp"

namespace mim::index {

// Every top-level field that a specification may have.
[[nodiscard]] bool is_known_index_field(std::string_view name);

// Numbers and truths in the types of the reply, the options in its order; unknown fields last, as they are.
[[nodiscard]] Spec listed_from_catalog(bson::DocumentView stored);

// Whether a server is sure to list it as `listed_from_catalog` does. False for unknown fields and for values
// that it would repair or refuse, as old catalogs hold them.
[[nodiscard]] bool has_sure_listed_form(bson::DocumentView stored);

}  // namespace mim::index
