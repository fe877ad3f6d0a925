// The refresh tokens of one session, by their ids. Each is good until it is used; a client that has several
// tabs, or asks again because an answer was late, uses one several times at once. So for a moment after its
// first use a token still gives a pair, and each of those siblings lives on by itself. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace mim::app {

struct RefreshTokens {
    std::string newest;  // the last that was given
    // As they are stored: those given beside it that are still good ("ID"), and those that were used a moment
    // ago ("ID@MILLISECONDS"), oldest first, with a space in between.
    std::string others{};

    friend bool operator==(const RefreshTokens&, const RefreshTokens&) = default;
};

// `next` for the one that is used.
struct Rotation {
    std::string_view used;
    std::string_view next;
    Timestamp next_expires_at{};
    Timestamp now{};
    std::chrono::milliseconds sibling_window{};  // after its first use
};

// Siblings that nobody ever uses are forgotten, the oldest first, beyond this many.
inline constexpr std::size_t most_siblings = 16;

// None: the token was used longer ago, or is none of the session's.
[[nodiscard]] std::optional<RefreshTokens> rotated(const RefreshTokens& tokens, const Rotation& rotation);

}  // namespace mim::app
