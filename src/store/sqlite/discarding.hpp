// Deletions that put what they take into the trash, inside of a transaction.
#pragma once

#include "app/model/trash.hpp"
#include "base/result.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

// Copies of what is there, for the caller to delete. No entry when there is nothing.
Done put_database_into_trash(sqlite::Connection& connection, const DatabaseId& id,
                             const app::Discard& discard);
Done put_collection_into_trash(sqlite::Connection& connection, const DatabaseId& database,
                               const std::string& collection, const app::Discard& discard);
Done put_user_into_trash(sqlite::Connection& connection, const UserId& id, const app::Discard& discard);

}  // namespace mim::store
