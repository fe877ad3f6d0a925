// A clock that stands still until it is moved. Thread-safe.
#pragma once

#include <atomic>

#include "base/clock.hpp"

namespace mim::fakes {

class ManualClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return start + elapsed(); }
    [[nodiscard]] SteadyTime steady() const override { return SteadyTime{} + elapsed(); }
    void advance(std::chrono::milliseconds span) { elapsed_ += span.count(); }

    static constexpr Timestamp start{std::chrono::seconds{1'767'225'600}};  // 2026-01-01T00:00:00Z

  private:
    [[nodiscard]] std::chrono::milliseconds elapsed() const { return std::chrono::milliseconds{elapsed_}; }
    std::atomic<std::chrono::milliseconds::rep> elapsed_{0};
};

}  // namespace mim::fakes
