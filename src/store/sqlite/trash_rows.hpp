// One entry of the trash to its row and back, and all that would come back with it.
#pragma once

#include "drivers/sqlite/connection.hpp"
#include "store/archive.hpp"

namespace mim::store {

// not_found.
[[nodiscard]] Result<app::TrashEntry> trash_entry_of(sqlite::Connection& connection, const app::TrashId& id);
// The account of an entry of this kind.
[[nodiscard]] Result<std::optional<app::User>> trashed_account(sqlite::Connection& connection,
                                                               const app::TrashId& entry);
// In one transaction of the caller; not_found.
[[nodiscard]] Result<ArchivedTrash> whole_trash(sqlite::Connection& connection, const app::TrashId& id);
// Also in the place of an entry of the same id, with all that it had.
Done put_whole_trash(sqlite::Connection& connection, const ArchivedTrash& trash);

}  // namespace mim::store
