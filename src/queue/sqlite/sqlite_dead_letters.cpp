#include "queue/sqlite/sqlite_queue.hpp"
#include "queue/sqlite/sqlite_queue_sql.hpp"
#include "queue/sqlite/sqlite_settling.hpp"

namespace mim::queue {
namespace {

Result<app::DeadLetter> read_letter(const sqlite::Statement& row) {
    auto sync = SyncId::parse(row.text(0));
    if (!sync)
        return Error(ErrorCode::store_failed, "the data file is damaged: a dead letter in it cannot be read");
    return app::DeadLetter{.sync = std::move(*sync),
                           .attempts = static_cast<int>(row.integer(1)),
                           .reason = std::string(row.text(2)),
                           .buried_at = Timestamp{std::chrono::milliseconds{row.integer(3)}}};
}

class SqliteDeadLetters final : public app::DeadLetters {
  public:
    SqliteDeadLetters(std::shared_ptr<sqlite::Connections> file, const Clock& clock)
        : file_(std::move(file)), clock_(clock) {}

    Done bury(const app::Lease& lease, const std::string& reason) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(take_job_out(*writer, lease));
        MIM_CHECK(writer->run(sql::bury, lease.sync.text(), lease.attempt, reason,
                              static_cast<std::int64_t>(clock_.now().time_since_epoch().count())));
        return writer.commit();
    }

    Result<app::Page<app::DeadLetter>> list(const app::PageRequest& page) override {
        MIM_TRY(reader, file_->read());
        app::Page<app::DeadLetter> found{.items = {}, .total = 0, .page = page.page, .limit = page.limit};
        {
            MIM_TRY(count, reader->statement(sql::count_letters));
            MIM_CHECK(count.step());
            found.total = count.integer(0);
        }
        const auto before = static_cast<std::int64_t>(page.page - 1) * page.limit;
        MIM_TRY(rows, reader->statement(sql::list_letters, page.limit, before));
        for (;;) {
            MIM_TRY(row, rows.step());
            if (!row) return found;
            MIM_TRY(letter, read_letter(rows));
            found.items.push_back(std::move(letter));
        }
    }

    Result<app::DeadLetter> get(const SyncId& sync) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(rows, reader->statement(sql::letter, sync.text()));
        MIM_TRY(row, rows.step());
        if (!row) return Error(ErrorCode::not_found, "Dead letter not found");
        return read_letter(rows);
    }

    Done remove(const SyncId& sync) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(writer->run(sql::remove_letter, sync.text()));
        return writer.commit();
    }

    Done clear() override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(writer->run(sql::clear_letters));
        return writer.commit();
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
    const Clock& clock_;
};

}  // namespace

std::unique_ptr<app::DeadLetters> create_sqlite_dead_letters(std::shared_ptr<sqlite::Connections> file,
                                                             const Clock& clock) {
    return std::make_unique<SqliteDeadLetters>(std::move(file), clock);
}

}  // namespace mim::queue
