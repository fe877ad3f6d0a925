#include "main/settings/environment_example.hpp"

#include <set>

namespace mim::main {

std::string environment_example(const std::vector<ExampleSection>& sections) {
    std::string text =
        "# Every variable that mim reads, with its default; `mim config example` prints this file. What is "
        "set here\n"
        "# is also a flag (MIM_LOG_LEVEL is --log-level) and a key of the configuration file (log-level); a "
        "flag\n"
        "# wins over a variable, a variable over the file. `mim config check` tells what is in force.\n";
    std::set<std::string> told;
    for (const auto& section : sections) {
        text += "\n# " + section.title + "\n";
        for (const auto& setting : section.settings) {
            if (setting.variable.empty() || !told.insert(setting.variable).second) continue;
            text += "\n# " + setting.help + "\n";
            text += "#" + setting.variable + "=" + setting.default_text + "\n";
        }
    }
    return text;
}

}  // namespace mim::main
