// What a worker's thread gives to the run of a sync: signals that a test sets, and waiting that only moves
// the clock.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "app/ports/pause.hpp"
#include "fakes/manual_clock.hpp"

namespace mim::fakes {

class FakeStopSignal final : public app::StopSignal {
  public:
    [[nodiscard]] bool stop_requested() const override { return stop; }
    [[nodiscard]] bool lease_lost() const override { return lost; }
    std::atomic<bool> stop{false};
    std::atomic<bool> lost{false};
};

class FakePause final : public app::Pause {
  public:
    explicit FakePause(ManualClock& clock) : clock_(clock) {}
    void wait(std::chrono::milliseconds span, const app::StopSignal&) override {
        waits.push_back(span);
        clock_.advance(span);
        if (on_wait) on_wait();
    }
    std::vector<std::chrono::milliseconds> waits;
    std::function<void()> on_wait;

  private:
    ManualClock& clock_;
};

}  // namespace mim::fakes
