// The clock as a dependency, so that tests own the time. Thread-safe.
#pragma once

#include <chrono>

#include "base/time.hpp"

namespace mim {

using SteadyTime = std::chrono::steady_clock::time_point;

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;  // wall clock, for what people read and tokens expire by
    [[nodiscard]] virtual SteadyTime steady() const = 0;  // monotonic, for waiting and deadlines
};

// The machine's own clock; lives for the whole process.
[[nodiscard]] const Clock& system_clock();

}  // namespace mim
