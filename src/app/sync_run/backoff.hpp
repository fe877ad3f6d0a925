// The waits between the tries of one call: longer each time, a little by chance, never beyond the limits.
#pragma once

#include <random>

#include "app/sync_run/run_context.hpp"

namespace mim::app {

class Backoff {
  public:
    explicit Backoff(const RunContext& context);

    // Waits for the next try. False when there were enough.
    [[nodiscard]] Uninterrupted<bool> again();

  private:
    [[nodiscard]] std::chrono::milliseconds next_wait();

    const RunContext& context_;
    std::minstd_rand chance_;
    int tries_ = 1;
};

}  // namespace mim::app
