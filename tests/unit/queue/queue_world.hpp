// All stores and the queue on one file, with a clock that tests move.
#pragma once

#include <atomic>

#include "contract/samples.hpp"
#include "queue/sqlite/sqlite_queue.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::queue {

class MovableClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return contract::at(1'000) + passed_.load(); }
    [[nodiscard]] SteadyTime steady() const override { return SteadyTime{} + passed_.load(); }
    void advance(std::chrono::milliseconds span) { passed_ = passed_.load() + span; }

  private:
    std::atomic<std::chrono::milliseconds> passed_{std::chrono::milliseconds{0}};
};

class QueueWorld : public store::SqliteWorld {
  public:
    app::JobQueue& queue() { return *queue_; }
    app::DeadLetters& dead_letters() { return *dead_letters_; }
    MovableClock& clock() { return clock_; }
    void advance(std::chrono::milliseconds span) { clock_.advance(span); }
    // A new database with a sync submitted.
    SyncId submitted(const std::string& name) {
        const auto database = contract::a_database(name);
        const auto sync = contract::a_sync(database.id);
        if (!databases().create(database) || !syncs().submit(sync, {}))
            throw std::runtime_error("cannot submit");
        return sync.id;
    }

  private:
    MovableClock clock_;
    std::unique_ptr<app::JobQueue> queue_ = create_sqlite_queue(connections(), clock_);
    std::unique_ptr<app::DeadLetters> dead_letters_ = create_sqlite_dead_letters(connections(), clock_);
};

}  // namespace mim::queue
