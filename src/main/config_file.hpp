// The configuration file: INI, `setting = value` lines, named like the flags without their dashes, below the
// line
// `[command]` or at the top, where they hold for every command.
#pragma once

#include <set>
#include <string>

namespace CLI {
class App;
}

namespace mim::main {

// Gives `command` what the file sets below [`section`] or at its top, and neither a flag nor an environment
// variable has set; returns the flags of what it gave. Throws CLI::ParseError, naming the setting, for what
// is not one and for a bad value, and naming the file when it cannot be read.
std::set<std::string> apply_config_file(CLI::App& command, const std::string& section,
                                        const std::string& file);

}  // namespace mim::main
