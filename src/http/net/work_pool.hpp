// A fixed number of threads for what blocks, with a bounded queue before them. Thread-safe.
//
// Waking a thread costs more than most requests, so a job is left to the threads that are awake while they
// are fewer than half the cores; an overseer wakes one more thread for every job that has waited for a whole
// tick. Quick jobs thus share a few hot threads, and blocking ones still get a thread each.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace mim::http {

// Exactly one of the two is called, once, then the job is destroyed.
class Job {
  public:
    virtual ~Job() = default;
    virtual void run() noexcept = 0;     // on a thread of the pool
    virtual void refuse() noexcept = 0;  // the queue is full or the pool stops; on any thread
};

// Of threads that leave the processor to others: `low` to ordinary ones, `lowest` to those as well.
enum class PoolPriority { normal, low, lowest };

class WorkPool {
  public:
    // The longest that a job waits while threads sleep is two ticks.
    static constexpr std::chrono::milliseconds tick{1};

    WorkPool(std::size_t threads, std::size_t queue_limit, PoolPriority priority = PoolPriority::normal);
    ~WorkPool();
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    void submit(std::unique_ptr<Job> job);
    // Refuses what is queued and whatever comes, waits for what runs. The second call does nothing.
    void stop();

  private:
    enum class Overseer { asleep, ticking };

    void work();
    void oversee();
    [[nodiscard]] std::unique_ptr<Job> next();
    void wake(std::size_t count);         // under the lock
    [[nodiscard]] std::size_t overdue();  // under the lock; jobs that were there at the last tick already

    std::mutex mutex_;
    std::condition_variable permitted_;  // a worker may go on
    std::condition_variable roused_;     // the overseer has something to watch
    std::deque<std::unique_ptr<Job>> queue_;
    std::size_t queue_limit_;
    PoolPriority priority_;
    std::size_t awake_at_least_;   // woken at once for a job
    std::size_t awake_;            // workers that run or were told to; at first all of them
    std::size_t permits_ = 0;      // of those, told and not yet up
    std::uint64_t submitted_ = 0;  // in all
    std::uint64_t taken_ = 0;      // in all
    std::uint64_t submitted_by_tick_ = 0;
    Overseer overseer_ = Overseer::asleep;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
    std::thread overseer_thread_;
};

}  // namespace mim::http
