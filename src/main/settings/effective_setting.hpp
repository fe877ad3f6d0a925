// A setting as it stands when flags, environment, file and defaults have spoken; fit to be shown.
#pragma once

#include <string>

namespace mim::main {

struct EffectiveSetting {
    std::string name;    // "log-level"
    std::string value;   // secrets masked; empty = none
    std::string source;  // "flag", "environment (MIM_LOG_LEVEL)", "file", "default"
};

}  // namespace mim::main
