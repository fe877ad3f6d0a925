// Offers to a queue outside of the store what the store says should have a job, again and again: so jobs that
// the queue lost, or never heard of, come back. Its thread starts with it and ends with it. Thread-safe.
#pragma once

#include "app/ports/job_feed.hpp"
#include "app/ports/job_queue.hpp"
#include "base/log.hpp"
#include "base/recurring_task.hpp"

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

  private:
    void feed_once();

    const Ports ports_;
    RecurringTask task_;
};

}  // namespace mim::queue
