// The target policy that the settings ask for.
#pragma once

#include "drivers/mongoc/target_policy.hpp"
#include "main/settings/target_settings.hpp"

namespace mim::main {

// invalid_input, under the name of the setting.
[[nodiscard]] Result<drivers::mongoc::TargetPolicy> target_policy(const TargetSettings& settings);

}  // namespace mim::main
