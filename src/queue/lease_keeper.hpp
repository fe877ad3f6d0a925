// Extends the leases of running jobs, each after a third of the lease time. A job whose lease is another's,
// or has ended because the queue could not be reached, is told so. Its thread starts with it and ends with
// it. Thread-safe.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "queue/running_job.hpp"

namespace mim::queue {

class LeaseKeeper {
  public:
    struct Ports {
        app::JobQueue& queue;
        const Clock& clock;  // its steady time only
        Logger& log;
    };
    LeaseKeeper(Ports ports, std::chrono::milliseconds lease_time);
    ~LeaseKeeper();
    LeaseKeeper(const LeaseKeeper&) = delete;
    LeaseKeeper& operator=(const LeaseKeeper&) = delete;

    // From now until `forget`. `leased_at`: a steady time not later than that of the lease call.
    void keep(std::shared_ptr<RunningJob> job, SteadyTime leased_at);
    void forget(const RunningJob& job);
    // Extends whatever is due now; the thread calls it, tests with their own clock may as well.
    void extend_due();

  private:
    struct Kept {
        std::shared_ptr<RunningJob> job;
        SteadyTime next;  // extension
        SteadyTime ends;  // the lease, unless it is extended
    };
    void watch();
    [[nodiscard]] std::vector<Kept> due(SteadyTime now);
    void extend(const Kept& kept);
    void postpone(const RunningJob& job, SteadyTime next, SteadyTime ends);

    const Ports ports_;
    const std::chrono::milliseconds lease_time_;
    std::mutex extending_;  // one round of extensions at a time; taken before mutex_
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Kept> kept_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace mim::queue
