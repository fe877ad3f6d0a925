#include "app/ports/sync_store.hpp"

#include "app/ports/database_store.hpp"
#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/neighbours.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/sync_rows.hpp"

namespace mim::store {
namespace {

Error say_why_not_submitted(sqlite::Connection& connection, const DatabaseId& database, Error error) {
    if (!sqlite::concerns_column(error, "syncs.database")) return error;
    const auto active = active_sync_of(connection, database);
    return active ? app::sync_is_active(*active) : active.error();
}

// Under the write lock, so that nobody is led there or submits for one of them meanwhile.
Done check_idle_place(sqlite::Connection& connection, const DatabaseId& database,
                      const std::optional<app::Place>& seen) {
    MIM_TRY(place, place_of_database(connection, database));
    if (place != seen) return app::database_changed_meanwhile();
    if (!place) return {};
    MIM_TRY(entries, neighbours_of(connection, {*place}));
    for (const app::Neighbour& each : entries) {
        MIM_TRY(active, active_sync_of(connection, each.id));
        if (active) return app::sync_is_active(active);
    }
    return {};
}

class SqliteSyncStore final : public app::SyncStore {
  public:
    explicit SqliteSyncStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done submit(const app::Sync& sync, const std::optional<app::Place>& seen) override {
        {
            MIM_TRY(writer, file_->write());
            MIM_CHECK(check_idle_place(*writer, sync.database, seen));
            if (auto done = insert_sync(*writer, sync); !done)
                return say_why_not_submitted(*writer, sync.database, std::move(done).error());
            MIM_CHECK(writer->run(sql::insert_job, to_column(sync.id), to_column(sync.created_at)));
            MIM_CHECK(writer.commit());
        }
        file_->bell().ring();  // after the write lock is free: who wakes up wants it
        return {};
    }

    Result<app::Sync> get(const SyncId& id) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        return sync_with_records(*reader, id);
    }

    Result<app::Sync> without_records(const SyncId& id) override {
        MIM_TRY(reader, file_->read());
        return sync_without_records(*reader, id);
    }

    Result<app::Page<app::Sync>> list(const DatabaseId& database, const app::PageRequest& page) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        return read_page<app::Sync>(
            page, reader->statement(sql::list_syncs, to_column(database), page.limit, rows_before(page)),
            reader->statement(sql::count_syncs, to_column(database)), read_sync);
    }

    Result<std::optional<SyncId>> active_of(const DatabaseId& database) override {
        MIM_TRY(reader, file_->read());
        return active_sync_of(*reader, database);
    }

    Result<std::int64_t> count_active() override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::count_active_syncs));
        return read_number(std::move(statement));
    }

    Done request_cancel(const SyncId& id, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(ended, writer->run(sql::cancel_pending_sync, to_column(id), to_column(now)));
        if (ended > 0) {
            MIM_CHECK(writer->run(sql::delete_job, to_column(id)));
            return writer.commit();
        }
        MIM_TRY(asked, writer->run(sql::ask_running_sync_to_stop, to_column(id), to_column(now)));
        if (asked > 0) return writer.commit();
        MIM_TRY(statement, writer->statement(sql::sync_exists, to_column(id)));
        MIM_TRY(exists, has_row(std::move(statement)));
        if (exists) return Error(ErrorCode::not_allowed_in_state, "The sync has ended");
        return Error(ErrorCode::not_found, "Sync not found");
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::SyncStore> create_sqlite_sync_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteSyncStore>(std::move(file));
}

}  // namespace mim::store
