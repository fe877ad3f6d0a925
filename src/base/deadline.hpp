// A point in monotonic time by which a call must have answered. Passed by value down to the driver that
// waits.
#pragma once

#include <algorithm>
#include <chrono>

namespace mim {

class Deadline {
  public:
    [[nodiscard]] static Deadline after(std::chrono::milliseconds span) {
        return Deadline(std::chrono::steady_clock::now() + span);
    }
    explicit Deadline(std::chrono::steady_clock::time_point when) : when_(when) {}

    [[nodiscard]] std::chrono::steady_clock::time_point when() const { return when_; }
    // Never negative.
    [[nodiscard]] std::chrono::milliseconds left() const {
        const auto span =
            std::chrono::duration_cast<std::chrono::milliseconds>(when_ - std::chrono::steady_clock::now());
        return std::max(span, std::chrono::milliseconds{0});
    }
    [[nodiscard]] bool passed() const { return std::chrono::steady_clock::now() >= when_; }
    [[nodiscard]] Deadline at_most(std::chrono::milliseconds span) const {
        return Deadline(std::min(when_, std::chrono::steady_clock::now() + span));
    }

  private:
    std::chrono::steady_clock::time_point when_;
};

}  // namespace mim
