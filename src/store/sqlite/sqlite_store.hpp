// The stores on one SQLite file. Any number of processes may have it open. The stores are thread-safe and
// block.
#pragma once

#include <filesystem>
#include <memory>

#include "app/ports/api_key_store.hpp"
#include "app/ports/audit_store.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/invite_store.hpp"
#include "app/ports/job_feed.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/user_store.hpp"
#include "base/clock.hpp"
#include "drivers/sqlite/connections.hpp"
#include "store/archive.hpp"
#include "store/stored_uris.hpp"
#include "store/stores.hpp"

namespace mim::store {

struct SqliteFile {
    std::filesystem::path file;
    std::chrono::milliseconds patience{5'000};  // with other writers; then store_failed
    std::size_t max_readers = 32;               // reading connections of this process
};

// Creates the file when it is not there (its folder must be) and brings its schema up to date. Every failure
// is one store_failed with a line that names the file: folder missing or not writable, file damaged, schema
// newer than this binary. The queue works on the same connections, see queue/sqlite_queue.hpp.
[[nodiscard]] Result<std::shared_ptr<sqlite::Connections>> open_sqlite_file(const SqliteFile& file,
                                                                            const Clock& clock);

// Each keeps the connections alive.
[[nodiscard]] std::unique_ptr<app::UserStore> create_sqlite_user_store(
    std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<app::TokenFamilyStore> create_sqlite_token_family_store(
    std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<app::InviteStore> create_sqlite_invite_store(
    std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<app::DatabaseStore> create_sqlite_database_store(
    std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<app::DefinitionStore> create_sqlite_definition_store(
    std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<app::CollectionStore> create_sqlite_collection_store(
    std::shared_ptr<sqlite::Connections> file);
// Rings the file's bell when it has put a job into the queue.
[[nodiscard]] std::unique_ptr<app::SyncStore> create_sqlite_sync_store(
    std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<app::SyncProgressStore> create_sqlite_sync_progress_store(
    std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<app::JobFeed> create_sqlite_job_feed(std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<app::ApiKeyStore> create_sqlite_api_key_store(
    std::shared_ptr<sqlite::Connections> file);
// The file itself refuses to change or remove an entry, whoever asks.
[[nodiscard]] std::unique_ptr<app::AuditStore> create_sqlite_audit_store(
    std::shared_ptr<sqlite::Connections> file);

[[nodiscard]] std::unique_ptr<app::TrashStore> create_sqlite_trash_store(
    std::shared_ptr<sqlite::Connections> file);

[[nodiscard]] std::unique_ptr<StoredUris> create_sqlite_stored_uris(
    std::shared_ptr<sqlite::Connections> file);
[[nodiscard]] std::unique_ptr<Archive> create_sqlite_archive(std::shared_ptr<sqlite::Connections> file);

using SqliteStores = Stores;
[[nodiscard]] SqliteStores create_sqlite_stores(const std::shared_ptr<sqlite::Connections>& file);

}  // namespace mim::store
