// Whether calls to one deployment may pass. After some failures in a row none may for a while; then one tries
// for all of them, and by how that goes all may again, or none for another while. Pure: time is told to it.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/clock.hpp"

namespace mim::target {

struct BreakerSettings {
    int failures = 3;  // in a row, that open it; 0 = it never opens
    std::chrono::milliseconds pause{5'000};
};

// Not thread-safe.
class Breaker {
  public:
    enum class State { closed, open, half_open };
    // A try is numbered, so that one which was overtaken by events no longer counts; 0 is none.
    using Trial = std::uint64_t;
    enum class Way { free, trial, kept_back };
    struct Entry {
        Way way = Way::free;
        Trial trial = 0;
    };

    explicit Breaker(const BreakerSettings& settings) : settings_(settings) {}

    // May a call begin? Whoever gets the trial must end it by a verdict or by `leave`.
    [[nodiscard]] Entry enter(SteadyTime now);
    [[nodiscard]] bool is_current(Trial trial) const { return trial != 0 && trial == trial_; }

    // A call did its work, whoever made it: all may pass.
    void succeeded();
    // The server was greeted and answered. That does not prove that it works, so it only ends a pause.
    void greeted(SteadyTime now);
    // `trial` as `enter` gave it, else 0. Calls that began before it opened do not prolong the pause.
    // True when this failure opened it.
    bool failed(SteadyTime now, Trial trial);
    void leave(Trial trial);  // without a verdict

    [[nodiscard]] State state(SteadyTime now) const;
    [[nodiscard]] int failures() const { return failures_; }  // in a row
    [[nodiscard]] std::chrono::milliseconds pause_left(SteadyTime now) const;

  private:
    void open(SteadyTime now);

    const BreakerSettings settings_;
    int failures_ = 0;
    enum class Opened { no, yes } opened_ = Opened::no;  // half-open once the pause is over
    SteadyTime pause_ends_{};
    Trial trial_ = 0;
    Trial last_trial_ = 0;
};

}  // namespace mim::target
