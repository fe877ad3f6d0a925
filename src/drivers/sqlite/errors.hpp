// The one translation of SQLite's result codes into our errors:
//   a unique constraint or primary key → already_exists; `fields` holds the columns as `table.column`
//   a foreign key                      → not_found: the row refers to one that is not there
//   everything else                    → store_failed, with SQLite's own text and what can be done about it
// Pure but for reading the connection's last error text. SQLite's texts name tables and columns, never
// values.
#pragma once

#include <string_view>

#include "base/error.hpp"

struct sqlite3;

namespace mim::sqlite {

// `code` is what a sqlite3_… call on `connection` has just returned; `attempted` completes "cannot …".
[[nodiscard]] Error translate(sqlite3* connection, int code, std::string_view attempted);
// Whether a unique constraint over `column` ("users.email") is what failed.
[[nodiscard]] bool concerns_column(const Error& error, std::string_view column);

}  // namespace mim::sqlite
