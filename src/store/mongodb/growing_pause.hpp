// Between tries of what others hindered: each twice as long as the one before, and uneven, so that those who
// wait do not meet again. There is no event to wait for. Blocks the calling thread.
#pragma once

#include <chrono>
#include <random>
#include <thread>

#include "base/doubled_wait.hpp"

namespace mim::store::mongodb {

class GrowingPause {
  public:
    explicit GrowingPause(std::chrono::milliseconds first = std::chrono::milliseconds{5},
                          std::chrono::milliseconds longest = std::chrono::milliseconds{80})
        : first_(first), longest_(longest) {}

    void wait() {
        thread_local std::minstd_rand random(std::random_device{}());
        std::this_thread::sleep_for(uneven_wait(doubled_wait(first_, times_++, longest_), random));
    }

  private:
    std::chrono::milliseconds first_, longest_;
    unsigned times_ = 0;
};

}  // namespace mim::store::mongodb
