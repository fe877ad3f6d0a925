// Wrong passwords in a row, and the wait they cost. Pure: the caller says what time it is.
#pragma once

#include <chrono>

#include "base/clock.hpp"

namespace mim::app {

struct LockoutRule {
    unsigned free_failures = 5;          // so many cost nothing yet; the last of them begins the first wait
    std::chrono::seconds first_wait{1};  // doubled by each further failure
    std::chrono::seconds longest_wait{300};
    std::chrono::seconds forgotten_after{3600};  // without a failure
};

class FailureCounter {
  public:
    void fail(const LockoutRule& rule, SteadyTime now);
    // Rounded up to whole seconds; zero when an attempt is welcome.
    [[nodiscard]] std::chrono::seconds wait(SteadyTime now) const;
    // In a row, as far as they are not forgotten.
    [[nodiscard]] unsigned failures(const LockoutRule& rule, SteadyTime now) const;

  private:
    unsigned failures_ = 0;
    SteadyTime last_{};
    SteadyTime locked_until_{};
};

}  // namespace mim::app
