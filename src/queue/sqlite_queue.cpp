#include "queue/sqlite_queue.hpp"

#include <algorithm>
#include <atomic>

#include "base/deadline.hpp"
#include "queue/sqlite_queue_sql.hpp"

namespace mim::queue {
namespace {

using std::chrono::milliseconds;

Error lease_lost() {
    return {ErrorCode::lease_lost, "The lease on this job has ended"};
}

class SqliteQueue final : public app::JobQueue {
  public:
    SqliteQueue(std::shared_ptr<sqlite::Connections> file, const Clock& clock, SqliteQueueOptions options)
        : file_(std::move(file)), clock_(clock), options_(options) {}

    Result<std::optional<app::Lease>> lease(const std::string& worker, milliseconds lease_time) override {
        MIM_TRY(ready, any_ready());  // idle workers look often: let them not take the write lock for it
        if (!ready) return std::optional<app::Lease>();
        MIM_TRY(writer, file_->write());
        MIM_TRY(leased, lease_oldest(*writer, worker, lease_time));
        MIM_CHECK(writer.commit());
        return leased;
    }

    Done extend(const app::Lease& lease, milliseconds lease_time) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed,
                writer->run(sql::extend, lease.sync.text(), lease.fence, lease.worker, in(lease_time)));
        if (changed == 0) return lease_lost();
        return writer.commit();
    }

    Done complete(const app::Lease& lease) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(deleted, writer->run(sql::complete, lease.sync.text(), lease.fence, lease.worker));
        if (deleted > 0) return writer.commit();
        MIM_TRY(statement, writer->statement(sql::ended_under_fence, lease.sync.text(), lease.fence));
        MIM_TRY(ended, statement.step());
        if (!ended) return lease_lost();
        return {};
    }

    Done hand_back(const app::Lease& lease, milliseconds delay) override {
        {
            MIM_TRY(writer, file_->write());
            const std::int64_t uncounted = delay <= milliseconds{0} ? 1 : 0;
            MIM_TRY(changed, writer->run(sql::hand_back, lease.sync.text(), lease.fence, lease.worker,
                                         in(delay), uncounted));
            if (changed == 0) return lease_lost();
            MIM_CHECK(writer.commit());
        }
        if (delay <= milliseconds{0}) file_->bell().ring();
        return {};
    }

    void wait(milliseconds at_most) override {
        const auto deadline = Deadline::after(at_most);
        while (!interrupted_ && !deadline.passed()) {
            const auto heard = file_->bell().count();  // before looking: a ring in between then ends the wait
            if (interrupted_) return;
            const auto ready = any_ready();
            if (ready && *ready) return;
            const bool rung =
                file_->bell().wait_for_ring(heard, std::min(deadline.left(), options_.poll_interval));
            if (rung) return;
        }
    }

    void interrupt() override {
        interrupted_ = true;
        file_->bell().ring();
    }

    Result<app::QueueFigures> figures() override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::figures, in(milliseconds{0})));
        MIM_TRY(row, statement.step());
        app::QueueFigures figures;
        if (!row) return figures;
        figures.leased = statement.integer(0);
        figures.waiting = statement.integer(1) - figures.leased;
        if (const auto oldest = statement.optional_integer(2))
            figures.oldest_waiting = Timestamp{milliseconds{*oldest}};
        return figures;
    }

  private:
    [[nodiscard]] std::int64_t in(milliseconds span) const {
        return (clock_.now() + span).time_since_epoch().count();
    }

    Result<bool> any_ready() {
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::any_ready, in(milliseconds{0})));
        return statement.step();
    }

    Result<std::optional<app::Lease>> lease_oldest(sqlite::Connection& connection, const std::string& worker,
                                                   milliseconds lease_time) {
        MIM_TRY(statement, connection.statement(sql::lease, in(milliseconds{0}), worker, in(lease_time)));
        MIM_TRY(row, statement.step());
        if (!row) return std::optional<app::Lease>();
        auto sync = SyncId::parse(statement.text(0));
        if (!sync)
            return Error(ErrorCode::store_failed, "the data file is damaged: a job in it cannot be read");
        app::Lease lease{.sync = std::move(*sync),
                         .fence = statement.integer(1),
                         .attempt = static_cast<int>(statement.integer(2)),
                         .worker = worker};
        MIM_CHECK(statement.run());  // to its end, or the transaction could not be committed
        return std::optional<app::Lease>(std::move(lease));
    }

    std::shared_ptr<sqlite::Connections> file_;
    const Clock& clock_;
    const SqliteQueueOptions options_;
    std::atomic<bool> interrupted_{false};
};

}  // namespace

std::unique_ptr<app::JobQueue> create_sqlite_queue(std::shared_ptr<sqlite::Connections> file,
                                                   const Clock& clock, SqliteQueueOptions options) {
    return std::make_unique<SqliteQueue>(std::move(file), clock, options);
}

}  // namespace mim::queue
