// The text of .env.example: every variable with its help and its default, as a comment to be taken up.
#pragma once

#include <string>
#include <vector>

#include "main/settings/setting.hpp"

namespace mim::main {

struct ExampleSection {
    std::string title;
    std::vector<Setting> settings;
};

// A variable that an earlier section has is not told again.
[[nodiscard]] std::string environment_example(const std::vector<ExampleSection>& sections);

}  // namespace mim::main
