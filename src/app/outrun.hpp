// Two changes of one record at once: each reads it, and writes only while it is still what was read. Who is
// outrun reads again, so that both take effect and neither undoes the other.
#pragma once

#include "base/result.hpp"

namespace mim::app {

// Each attempt but the last was outrun by a change that succeeded, so this ends; the bound is for a store
// that is wrong.
inline constexpr int most_attempts = 20;

// `attempt` reads, changes and writes, and answers not_allowed_in_state when it was outrun.
template <class Attempt>
[[nodiscard]] auto until_not_outrun(Attempt attempt) -> decltype(attempt()) {
    for (int tried = 1;; ++tried) {
        auto result = attempt();
        const bool outrun = !result && result.error().code == ErrorCode::not_allowed_in_state;
        if (!outrun || tried == most_attempts) return result;
    }
}

}  // namespace mim::app
