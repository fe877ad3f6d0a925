#include "queue/sqlite/sqlite_queue.hpp"

#include <algorithm>
#include <atomic>

#include "base/deadline.hpp"
#include "queue/sqlite/sqlite_queue_sql.hpp"
#include "queue/sqlite/sqlite_settling.hpp"

namespace mim::queue {
namespace {

using std::chrono::milliseconds;

class SqliteQueue final : public app::JobQueue {
  public:
    SqliteQueue(std::shared_ptr<sqlite::Connections> file, const Clock& clock, SqliteQueueOptions options)
        : file_(std::move(file)), clock_(clock), options_(options) {}

    Result<std::optional<app::Lease>> lease(const std::string& worker, milliseconds lease_time) override {
        MIM_TRY(ready, any_to_lease());  // idle workers look often: let them not take the write lock for it
        if (!ready) return std::optional<app::Lease>();
        MIM_TRY(writer, file_->write());
        MIM_TRY(room, has_room(*writer));
        if (!room) return std::optional<app::Lease>();
        MIM_TRY(leased, lease_oldest(*writer, worker, lease_time));
        MIM_CHECK(writer.commit());
        return leased;
    }

    Done extend(const app::Lease& lease, milliseconds lease_time) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed, writer->run(sql::extend, lease.sync.text(), lease.fence, lease.worker,
                                     in(lease_time), std::int64_t{lease_time.count()}));
        if (changed == 0) return lease_has_ended();
        return writer.commit();
    }

    Done complete(const app::Lease& lease) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(take_job_out(*writer, lease));
        return writer.commit();
    }

    Done hand_back(const app::Lease& lease, milliseconds delay) override {
        return put_back(lease, delay, delay <= milliseconds{0} ? Attempt::uncounted : Attempt::counted);
    }

    Done postpone(const app::Lease& lease, milliseconds delay) override {
        return put_back(lease, delay, Attempt::uncounted);
    }

    void wait(milliseconds at_most) override {
        const auto deadline = Deadline::after(at_most);
        while (!interrupted_ && !deadline.passed()) {
            const auto heard = file_->bell().count();  // before looking: a ring in between then ends the wait
            if (interrupted_) return;
            const auto ready = any_to_lease();
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
        figures.delayed = statement.integer(3);
        figures.dead_letters = statement.integer(4);
        return figures;
    }

  private:
    enum class Attempt { counted, uncounted };

    Done put_back(const app::Lease& lease, milliseconds delay, Attempt attempt) {
        {
            MIM_TRY(writer, file_->write());
            const std::int64_t uncounted = attempt == Attempt::uncounted ? 1 : 0;
            MIM_TRY(changed, writer->run(sql::hand_back, lease.sync.text(), lease.fence, lease.worker,
                                         in(delay), uncounted, std::int64_t{delay.count()}));
            if (changed == 0) return lease_has_ended();
            MIM_CHECK(writer.commit());
        }
        if (delay <= milliseconds{0}) file_->bell().ring();
        return {};
    }

    [[nodiscard]] std::int64_t in(milliseconds span) const {
        return (clock_.now() + span).time_since_epoch().count();
    }

    Result<bool> any_to_lease() {
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::any_ready, in(milliseconds{0})));
        MIM_TRY(ready, statement.step());
        if (!ready) return false;
        return has_room(*reader);
    }

    Result<bool> has_room(sqlite::Connection& connection) {
        if (options_.most_leases == 0) return true;
        MIM_TRY(statement, connection.statement(sql::leases_held, in(milliseconds{0})));
        MIM_CHECK(statement.step());
        return statement.integer(0) < options_.most_leases;
    }

    Result<std::optional<app::Lease>> lease_oldest(sqlite::Connection& connection, const std::string& worker,
                                                   milliseconds lease_time) {
        MIM_TRY(statement, connection.statement(sql::lease, in(milliseconds{0}), worker, in(lease_time),
                                                std::int64_t{lease_time.count()}));
        MIM_TRY(row, statement.step());
        if (!row) return std::optional<app::Lease>();
        auto sync = SyncId::parse(statement.text(0));
        if (!sync)
            return Error(ErrorCode::store_failed, "the data file is damaged: a job in it cannot be read");
        app::Lease lease{.sync = std::move(*sync),
                         .fence = statement.integer(1),
                         .attempt = static_cast<int>(statement.integer(2)),
                         .worker = worker};
        if (statement.integer(3) != 0) lease.earlier = app::Lease::Earlier::vanished;
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
