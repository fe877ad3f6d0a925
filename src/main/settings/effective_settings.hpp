// What the settings of a parsed command are, and where each came from.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "main/settings/effective_setting.hpp"
#include "main/settings/setting_table.hpp"

namespace mim::main {

struct Origins {
    std::set<std::string> flags;  // those written on the command line
    std::set<std::string> file;   // those that the configuration file has set
};

// The flags (`--name` or `--name=value`) among the program's arguments.
[[nodiscard]] std::set<std::string> flags_among(int count, char** arguments);
[[nodiscard]] std::vector<EffectiveSetting> effective_settings(const std::vector<Setting>& table,
                                                               const Origins& origins);

}  // namespace mim::main
