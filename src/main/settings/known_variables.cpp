#include "main/settings/known_variables.hpp"

#include <algorithm>

#include "base/nearest_name.hpp"

namespace mim::main {

Variables variables_of(char** environment) {
    Variables variables;
    for (char** entry = environment; *entry != nullptr; ++entry) {
        const std::string text(*entry);
        const auto equals = text.find('=');
        if (!text.starts_with("MIM_") || equals == std::string::npos) continue;
        variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

// MIM_URI and MIM_API_KEY are the connection string and the key of commands that speak to a deployment or a
// server directly. They are set for a whole shell, so a service started from it must not end because of them.
// Both are secrets: nothing but their names may ever be shown.
KnownVariables::KnownVariables() : names_{"MIM_URI", "MIM_API_KEY"} {}

void KnownVariables::add(const std::vector<Setting>& table) {
    for (const auto& setting : table) {
        if (!setting.variable.empty()) names_.push_back(setting.variable);
    }
}

Done KnownVariables::check(const Variables& variables) const {
    for (const auto& [name, value] : variables) {
        if (name.starts_with("MIM_TEST_") || std::ranges::find(names_, name) != names_.end()) continue;
        return Error(ErrorCode::invalid_input, name + " is not a setting" + suggestion(name, names_) +
                                                   " ('mim serve --help' lists them)");
    }
    return {};
}

}  // namespace mim::main
