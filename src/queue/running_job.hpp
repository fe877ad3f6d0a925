// A job while it runs: its lease, and the signals that its run function asks for. Thread-safe.
#pragma once

#include <atomic>

#include "app/run_sync.hpp"
#include "base/clock.hpp"

namespace mim::queue {

class RunningJob final : public app::StopSignal {
  public:
    // `stopping` is the pool's and must outlive the job, as must the clock. Without a clock a lease does not
    // end by itself.
    RunningJob(app::Lease lease, const std::atomic<bool>& stopping, const Clock* clock = nullptr)
        : lease_(std::move(lease)), stopping_(stopping), clock_(clock) {}

    [[nodiscard]] const app::Lease& lease() const { return lease_; }
    [[nodiscard]] bool stop_requested() const override { return stopping_; }
    // A process that was stopped for a while finds its lease over before anybody has told it so.
    [[nodiscard]] bool lease_lost() const override {
        return lost_ || (clock_ != nullptr && clock_->steady() >= ends_.load());
    }
    void lose() { lost_ = true; }
    void hold_until(SteadyTime end) { ends_ = end; }

  private:
    const app::Lease lease_;
    const std::atomic<bool>& stopping_;
    const Clock* const clock_;
    std::atomic<bool> lost_{false};
    std::atomic<SteadyTime> ends_{SteadyTime::max()};
};

}  // namespace mim::queue
