// The waits between the tries of one call: longer each time, a little by chance, never beyond the limits.
#pragma once

#include <random>

#include "app/sync_run/run_context.hpp"

namespace mim::app {

class Backoff {
  public:
    explicit Backoff(const RunContext& context);

    // Waits for the next try after `failure`. False when there were enough. A call that was kept back
    // (target_paused) was no try: it is waited for up to `most_paused` in all.
    [[nodiscard]] Uninterrupted<bool> again(const Error& failure);

  private:
    [[nodiscard]] bool enough_of(const Error& failure) const;
    // Longer each time that it is called for; at most the limit.
    [[nodiscard]] std::chrono::milliseconds next_wait(int tries);

    const RunContext& context_;
    std::minstd_rand chance_;
    int tries_ = 1;
    int pauses_ = 0;
    std::chrono::milliseconds paused_{0};
};

}  // namespace mim::app
