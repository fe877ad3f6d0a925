// Where entries of the registry lead, and which of them lead to one place (app/model/place.hpp).
#pragma once

#include "app/model/database.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

// Of that database; not_found.
[[nodiscard]] Result<std::optional<app::Place>> place_of_database(sqlite::Connection& connection,
                                                                  const DatabaseId& database);
// All that share a place with one of `places`.
[[nodiscard]] Result<std::vector<app::Neighbour>> neighbours_of(sqlite::Connection& connection,
                                                                const std::vector<app::Place>& places);

}  // namespace mim::store
