// A job while it runs: its lease, and the signals that its run function asks for. Thread-safe.
#pragma once

#include <atomic>

#include "app/run_sync.hpp"

namespace mim::queue {

class RunningJob final : public app::StopSignal {
  public:
    // `stopping` is the pool's and must outlive the job.
    RunningJob(app::Lease lease, const std::atomic<bool>& stopping)
        : lease_(std::move(lease)), stopping_(stopping) {}

    [[nodiscard]] const app::Lease& lease() const { return lease_; }
    [[nodiscard]] bool stop_requested() const override { return stopping_; }
    [[nodiscard]] bool lease_lost() const override { return lost_; }
    void lose() { lost_ = true; }

  private:
    const app::Lease lease_;
    const std::atomic<bool>& stopping_;
    std::atomic<bool> lost_{false};
};

}  // namespace mim::queue
