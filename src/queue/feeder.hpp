// Offers to a queue outside of the store what the store says should have a job, again and again: so jobs that
// the queue lost, or never heard of, come back. Its thread starts with it and ends with it. Thread-safe.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/ports/job_feed.hpp"
#include "app/ports/job_queue.hpp"
#include "base/log.hpp"

namespace mim::queue {

class Feeder {
  public:
    struct Ports {
        app::JobFeed& feed;
        app::JobQueue& queue;
        Logger& log;
    };
    // The ports must outlive it. The first round is at once.
    Feeder(Ports ports, std::chrono::milliseconds interval);
    ~Feeder();
    Feeder(const Feeder&) = delete;
    Feeder& operator=(const Feeder&) = delete;

  private:
    void work();
    void feed_once();

    const Ports ports_;
    const std::chrono::milliseconds interval_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace mim::queue
