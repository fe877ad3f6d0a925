// One invite to its row and back.
#pragma once

#include "app/model/invite.hpp"
#include "base/result.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

[[nodiscard]] Result<app::Invite> read_invite(const sqlite::Statement& row);
// New, or in the place of the one with its id.
Done put_invite(sqlite::Connection& connection, const app::Invite& invite);

}  // namespace mim::store
