#include "app/ports/sync_store.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/sync_rows.hpp"

namespace mim::store {
namespace {

Error lease_lost() {
    return {ErrorCode::lease_lost, "Another worker has taken over this sync, or it has ended"};
}

// lease_lost unless the sync runs under this very fence.
Result<app::SyncSignal> check_fence(sqlite::Connection& connection, const SyncId& id, app::Fence fence) {
    MIM_TRY(statement, connection.statement(sql::sync_under_fence, to_column(id), fence));
    MIM_TRY(row, statement.step());
    if (!row) return lease_lost();
    return statement.integer(0) != 0 ? app::SyncSignal::cancel : app::SyncSignal::go_on;
}

// The final records of earlier workers, then `planned`; positions from 0 again.
std::vector<app::SyncRecord> joined(std::vector<app::SyncRecord> stored,
                                    const std::vector<app::SyncRecord>& planned) {
    std::erase_if(stored, [](const app::SyncRecord& record) { return !is_final(record.status); });
    stored.insert(stored.end(), planned.begin(), planned.end());
    int position = 0;
    for (auto& record : stored) record.position = position++;
    return stored;
}

Done set_progress(sqlite::Connection& connection, const SyncId& id,
                  const std::vector<app::SyncRecord>& records, Timestamp now) {
    std::int64_t completed = 0, sum = 0;
    for (const auto& record : records) {
        completed += is_final(record.status) ? 1 : 0;
        sum += app::points_of(record.status, record.progress);
    }
    const auto total = static_cast<std::int64_t>(records.size());
    MIM_CHECK(connection.run(sql::set_progress, to_column(id), total, completed, sum, to_column(now)));
    return {};
}

struct RecordState {
    app::RecordStatus status = app::RecordStatus::pending;
    std::int64_t progress = 0;
};

Result<RecordState> state_of(sqlite::Connection& connection, const SyncId& id, int position) {
    MIM_TRY(statement, connection.statement(sql::record_state, to_column(id), position));
    MIM_TRY(row, statement.step());
    if (!row) return Error(ErrorCode::store_failed, "the sync has no record " + std::to_string(position));
    const auto status = app::parse_record_status(statement.text(0));
    if (!status) return damaged_row("a record's status");
    return RecordState{*status, statement.integer(1)};
}

class SqliteSyncProgressStore final : public app::SyncProgressStore {
  public:
    explicit SqliteSyncProgressStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Result<app::Sync> claim(const SyncId& id, app::Fence fence, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(claimed, writer->run(sql::claim_sync, to_column(id), fence, to_column(now)));
        if (claimed == 0) return lease_lost();
        MIM_TRY(sync, sync_with_records(*writer, id));
        MIM_CHECK(writer.commit());
        return sync;
    }

    Result<std::vector<app::SyncRecord>> plan(const SyncId& id, app::Fence fence,
                                              const std::vector<app::SyncRecord>& records,
                                              Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(check_fence(*writer, id, fence));
        MIM_TRY(stored, records_of(*writer, id));
        auto all = joined(std::move(stored), records);
        MIM_CHECK(writer->run(sql::delete_records, to_column(id)));
        for (const auto& record : all) MIM_CHECK(insert_record(*writer, id, record));
        MIM_CHECK(set_progress(*writer, id, all, now));
        MIM_CHECK(writer.commit());
        return all;
    }

    // Adds the difference instead of counting afresh: a sync may have thousands of records.
    Done record(const SyncId& id, app::Fence fence, const app::SyncRecord& record, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(check_fence(*writer, id, fence));
        MIM_TRY(before, state_of(*writer, id, record.position));
        MIM_CHECK(update_record(*writer, id, record));
        const int completed = (is_final(record.status) ? 1 : 0) - (is_final(before.status) ? 1 : 0);
        const auto gained =
            app::points_of(record.status, record.progress) - app::points_of(before.status, before.progress);
        MIM_CHECK(writer->run(sql::add_progress, to_column(id), completed, gained, to_column(now)));
        return writer.commit();
    }

    Result<app::SyncSignal> signal(const SyncId& id, app::Fence fence) override {
        MIM_TRY(reader, file_->read());
        return check_fence(*reader, id, fence);
    }

    Result<int> count_takeover(const SyncId& id, app::Fence fence, int cost, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        int count = 0;
        {
            MIM_TRY(statement,
                    writer->statement(sql::count_takeover, to_column(id), fence, to_column(now), cost));
            MIM_TRY(row, statement.step());
            if (!row) return lease_lost();
            count = static_cast<int>(statement.integer(0));
            MIM_CHECK(statement.run());  // to its end, or the transaction could not be committed
        }
        MIM_CHECK(writer.commit());
        return count;
    }

    // The job goes with it: a crash between the two cannot leave a job for a finished sync.
    Done finish(const SyncId& id, app::Fence fence, app::SyncStatus status, const std::string& error,
                Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(finished, writer->run(sql::finish_sync, to_column(id), fence, app::to_string(status), error,
                                      to_column(now)));
        if (finished == 0) return lease_lost();
        MIM_CHECK(writer->run(sql::delete_job, to_column(id)));
        return writer.commit();
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::SyncProgressStore> create_sqlite_sync_progress_store(
    std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteSyncProgressStore>(std::move(file));
}

}  // namespace mim::store
