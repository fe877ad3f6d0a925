// A token bucket that keeps one moment instead of a count: when it will be full again. A request takes one
// token, that is, moves the moment on by the time in which one token flows in. Pure; a fresh one is full.
#pragma once

#include <algorithm>
#include <chrono>

#include "base/clock.hpp"
#include "http/limits/rates.hpp"

namespace mim::http {

class TokenBucket {
  public:
    // Zero: a token was taken. Else nothing was, and there is one after so long. The rate is not 0.
    [[nodiscard]] std::chrono::nanoseconds take(const Rate& rate, SteadyTime now) {
        const std::chrono::nanoseconds one =
            std::chrono::nanoseconds{std::chrono::seconds{1}} / rate.per_second;
        const SteadyTime next = std::max(full_at_, now) + one;
        const std::chrono::nanoseconds wait = next - now - one * rate.burst;
        if (wait.count() > 0) return wait;
        full_at_ = next;
        return std::chrono::nanoseconds{0};
    }

  private:
    SteadyTime full_at_{};
};

}  // namespace mim::http
