#include "main/settings/environment_example.hpp"

namespace mim::main {
namespace {

std::string default_of(const Setting& setting) {
    const std::string text = setting.option->get_default_str();
    return text == "\"\"" ? "" : text;  // how CLI11 writes an empty path
}

}  // namespace

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
            const std::string variable = setting.option->get_envname();
            if (!told.insert(variable).second) continue;
            text += "\n# " + setting.option->get_description() + "\n";
            text += "#" + variable + "=" + default_of(setting) + "\n";
        }
    }
    return text;
}

}  // namespace mim::main
