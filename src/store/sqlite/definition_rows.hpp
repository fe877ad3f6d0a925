// One definition to its row, and what its constraints mean.
#pragma once

#include "app/model/definition.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

// Of a write that a constraint refused: already_exists (fields: "name" or "keys"), not_found: no such
// database.
[[nodiscard]] Error in_words_of_definitions(Error error);
// already_exists (fields: "name" or "keys"), not_found: no such database.
Done insert_definition(sqlite::Connection& connection, const app::Definition& definition);
// already_exists, not_found. created_at is kept.
Done update_definition(sqlite::Connection& connection, const app::Definition& definition);

}  // namespace mim::store
