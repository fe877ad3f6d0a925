#include "app/ports/pause.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace mim::app {
namespace {

constexpr std::chrono::milliseconds look_every{50};

class SystemPause final : public Pause {
  public:
    void wait(std::chrono::milliseconds span, const StopSignal& stop) override {
        // Nobody notifies: a condition is what the standard library offers to wait on until a steady time.
        std::mutex mutex;
        std::condition_variable never;
        std::unique_lock lock(mutex);
        const auto end = std::chrono::steady_clock::now() + span;
        while (!stop.stop_requested() && !stop.lease_lost()) {
            const auto now = std::chrono::steady_clock::now();
            if (now >= end) return;
            never.wait_until(lock, std::min(end, now + look_every));
        }
    }
};

}  // namespace

Pause& system_pause() {
    static SystemPause pause;
    return pause;
}

}  // namespace mim::app
