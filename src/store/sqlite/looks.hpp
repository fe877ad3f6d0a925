// What names look like (drivers/icu/looks.hpp), kept in tables beside them. One writer at a time is what
// makes asking and then writing safe: both are done in the transaction that gives a name.
#pragma once

#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "drivers/sqlite/connections.hpp"

namespace mim::store {

// already_exists, with the field, when the name looks like one that somebody else has: a name of an account
// is compared with the usernames and emails of all others, that of a database with all others.
Done refuse_lookalike(sqlite::Connection& connection, const UserId& of, const char* field,
                      std::string_view name);
Done refuse_lookalike(sqlite::Connection& connection, const DatabaseId& of, std::string_view name);

// After every write of a name, whether it was compared or not: of the names in the row as it is now.
Done note_looks(sqlite::Connection& connection, const UserId& of);
Done note_looks(sqlite::Connection& connection, const DatabaseId& of);

// Of all that have none, or have those of another version of ICU. At every start.
Done note_missing_looks(sqlite::Connections& file);

}  // namespace mim::store
