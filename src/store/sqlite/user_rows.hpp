// One account to its row, and what its constraints mean.
#pragma once

#include "app/model/user.hpp"
#include "base/result.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

// Of a write that a unique column refused.
[[nodiscard]] Error say_which_name_is_taken(Error error);
// already_exists, with the taken field in `fields`.
Done insert_user(sqlite::Connection& connection, const app::User& user);

}  // namespace mim::store
