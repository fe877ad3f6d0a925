// One account to its row and back.
#pragma once

#include "app/model/user.hpp"
#include "base/result.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

[[nodiscard]] Result<app::Role> read_role(const sqlite::Statement& row, int column);
[[nodiscard]] Result<app::User> read_user(const sqlite::Statement& row);
// Of a write that a unique column refused.
[[nodiscard]] Error say_which_name_is_taken(Error error);
// already_exists, with the taken field in `fields`.
Done insert_user(sqlite::Connection& connection, const app::User& user);

}  // namespace mim::store
