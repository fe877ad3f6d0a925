#include "store/sqlite/sqlite_store.hpp"

#include "base/fold.hpp"
#include "store/sqlite/looks.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/sqlite/schema.hpp"

namespace mim::store {

Result<std::shared_ptr<sqlite::Connections>> open_sqlite_file(const SqliteFile& file, const Clock& clock) {
    sqlite::PoolOptions options;
    options.open.file = file.file;
    options.open.patience = file.patience;
    options.open.functions = {{"fold", &fold}};
    options.max_readers = file.max_readers;
    MIM_TRY(connections, sqlite::Connections::open(std::move(options)));
    auto done = migrate(*connections, migrations(), clock.now());
    if (done) done = note_missing_looks(*connections);
    if (!done) {
        auto error = std::move(done).error();
        error.message = "cannot use the data file " + file.file.string() + ": " + error.message;
        return error;
    }
    return std::shared_ptr<sqlite::Connections>(std::move(connections));
}

SqliteStores create_sqlite_stores(const std::shared_ptr<sqlite::Connections>& file) {
    return {.users = create_sqlite_user_store(file),
            .token_families = create_sqlite_token_family_store(file),
            .databases = create_sqlite_database_store(file),
            .definitions = create_sqlite_definition_store(file),
            .collections = create_sqlite_collection_store(file),
            .syncs = create_sqlite_sync_store(file),
            .progress = create_sqlite_sync_progress_store(file),
            .feed = create_sqlite_job_feed(file),
            .invites = create_sqlite_invite_store(file),
            .api_keys = create_sqlite_api_key_store(file),
            .audit = create_sqlite_audit_store(file),
            .trash = create_sqlite_trash_store(file)};
}

}  // namespace mim::store
