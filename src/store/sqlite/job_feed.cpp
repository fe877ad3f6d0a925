#include "app/ports/job_feed.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

class SqliteJobFeed final : public app::JobFeed {
  public:
    explicit SqliteJobFeed(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Result<std::vector<SyncId>> waiting(std::size_t limit) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(rows, reader->statement(sql::active_syncs, static_cast<std::int64_t>(limit)));
        std::vector<SyncId> found;
        for (;;) {
            MIM_TRY(row, rows.step());
            if (!row) return found;
            MIM_TRY(id, read_id<SyncId>(rows, 0));
            found.push_back(std::move(id));
        }
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::JobFeed> create_sqlite_job_feed(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteJobFeed>(std::move(file));
}

}  // namespace mim::store
