// A fixed number of threads for what blocks, with a bounded queue before them. Thread-safe.
#pragma once

#include <condition_variable>
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

class WorkPool {
  public:
    WorkPool(std::size_t threads, std::size_t queue_limit);
    ~WorkPool();
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    void submit(std::unique_ptr<Job> job);
    // Refuses what is queued and whatever comes, waits for what runs. The second call does nothing.
    void stop();

  private:
    void work();
    [[nodiscard]] std::unique_ptr<Job> next();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::unique_ptr<Job>> queue_;
    std::size_t queue_limit_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace mim::http
