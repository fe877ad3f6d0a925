// One sync, and one record of it, to its row and back.
#pragma once

#include "app/model/sync.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

[[nodiscard]] constexpr bool is_final(app::RecordStatus status) {
    return status != app::RecordStatus::pending && status != app::RecordStatus::running;
}

// Without records.
[[nodiscard]] Result<app::Sync> read_sync(const sqlite::Statement& row);
[[nodiscard]] Result<std::vector<app::SyncRecord>> records_of(sqlite::Connection& connection,
                                                              const SyncId& id);
[[nodiscard]] Result<app::Sync> sync_without_records(sqlite::Connection& connection,
                                                     const SyncId& id);  // not_found
// With records; not_found. In one transaction of the caller.
[[nodiscard]] Result<app::Sync> sync_with_records(sqlite::Connection& connection, const SyncId& id);

// The one that is pending or running.
[[nodiscard]] Result<std::optional<SyncId>> active_sync_of(sqlite::Connection& connection,
                                                           const DatabaseId& database);

Done insert_sync(sqlite::Connection& connection, const app::Sync& sync);
Done insert_record(sqlite::Connection& connection, const SyncId& sync, const app::SyncRecord& record);
Done update_record(sqlite::Connection& connection, const SyncId& sync, const app::SyncRecord& record);

}  // namespace mim::store
