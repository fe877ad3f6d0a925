// What the settings alone cannot mean together, and files they name that cannot be used: the one judgement of
// `mim config check`, `mim doctor`, and of `mim serve` and `mim worker` before they start. Opens no
// connection and makes nothing.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "main/settings.hpp"

namespace mim::main {

// Each names the setting it is about; empty = fine.
[[nodiscard]] std::vector<FieldError> setting_problems(const ServeSettings& settings, Role role);
// The same as one error, invalid_input with a field each.
[[nodiscard]] Done judge_settings(const ServeSettings& settings, Role role);
// A store on MongoDB has no queue of its own: what to do when none is named.
[[nodiscard]] Done check_queue_is_named(const ServeSettings& settings);

}  // namespace mim::main
