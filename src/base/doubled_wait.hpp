// Waits between tries of the same thing: each twice as long as the one before, up to a bound. Pure.
#pragma once

#include <algorithm>
#include <random>

namespace mim {

// `first`, doubled so many times, but never beyond `longest`. Of any std::chrono duration.
template <class Duration>
[[nodiscard]] constexpr Duration doubled_wait(Duration first, unsigned times, Duration longest) {
    Duration wait = std::min(first, longest);
    for (; times > 0 && wait > Duration::zero() && wait < longest; --times)
        wait = std::min(wait * 2, longest);
    return wait;
}

// From half of `longest` to the whole: those who were turned away together do not come back together.
template <class Duration, class Chance>
[[nodiscard]] Duration uneven_wait(Duration longest, Chance& chance) {
    return Duration{std::uniform_int_distribution(longest.count() / 2, longest.count())(chance)};
}

}  // namespace mim
