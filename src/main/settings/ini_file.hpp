// The configuration file: `setting = value` lines, named like the flags without their dashes, below a line
// `[command]` or at the top, where they hold for every command. A line that begins with # or ; is a comment;
// blanks around names and values, and quotes around a whole value, do not belong to them.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace mim::main {

struct IniLine {
    int number = 0;       // from 1
    std::string section;  // empty = the top
    std::string name;
    std::string value;
};

// invalid_input, naming the line, never its content.
[[nodiscard]] Result<std::vector<IniLine>> parse_ini(const std::string& text);
// The same, naming the file, also when it cannot be read.
[[nodiscard]] Result<std::vector<IniLine>> read_ini(const std::string& file);

}  // namespace mim::main
