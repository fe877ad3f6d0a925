// What the settings alone cannot mean together, and files they name that cannot be used. Opens no connection
// and makes nothing.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "main/settings.hpp"

namespace mim::main {

// Each names the setting it is about; empty = fine.
[[nodiscard]] std::vector<FieldError> setting_problems(const ServeSettings& settings, Role role);

}  // namespace mim::main
