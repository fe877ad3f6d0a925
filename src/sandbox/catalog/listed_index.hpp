// How an index is written in replies. Source: mongo src/mongo/db/list_indexes.idl; semantics sections 2
// and 9.
#pragma once

#include <array>
#include <string_view>

#include "index/definition/server_version.hpp"
#include "index/definition/spec.hpp"

namespace mim::sandbox::catalog {

// As the catalog holds it; later batches and $listCatalog show it so.
[[nodiscard]] bson::Document raw_form(const index::Spec& spec);
// As a first batch shows it: from 5.0 in the order of the reply's schema and with its types.
[[nodiscard]] bson::Document listed_form(const index::Spec& spec, index::ServerVersion version);

}  // namespace mim::sandbox::catalog
