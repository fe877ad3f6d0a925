#include "main/settings/ini_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/ascii.hpp"
#include "main/settings/setting.hpp"

namespace mim::main {
namespace {

std::string trimmed(std::string_view text) {
    return std::string(ascii::trimmed(text, " \t\r"));
}

std::string unquoted(const std::string& value) {
    const bool quoted =
        value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
    return quoted ? value.substr(1, value.size() - 2) : value;
}

Error bad_line(int number, const std::string& reason) {
    return {ErrorCode::invalid_input, "line " + std::to_string(number) + ": " + reason};
}

}  // namespace

Result<std::vector<IniLine>> parse_ini(const std::string& text) {
    std::vector<IniLine> lines;
    std::istringstream stream(text);
    std::string section;
    std::string raw;
    for (int number = 1; std::getline(stream, raw); ++number) {
        const std::string line = trimmed(raw);
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        if (line.front() == '[') {
            if (line.back() != ']') return bad_line(number, "a line that begins with [ must end with ]");
            section = trimmed(line.substr(1, line.size() - 2));
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string::npos || equals == 0)
            return bad_line(number, "it is neither [command] nor setting = value");
        lines.push_back(
            {number, section, trimmed(line.substr(0, equals)), unquoted(trimmed(line.substr(equals + 1)))});
    }
    return lines;
}

Result<std::vector<IniLine>> read_ini(const std::string& file) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    const bool empty = stream.is_open() && stream.peek() == std::ifstream::traits_type::eof();
    if (!stream.is_open() || stream.bad() || (!empty && !(text << stream.rdbuf()))) {
        const std::string reason = errno != 0 ? std::strerror(errno) : "it is no file";
        return Error(ErrorCode::invalid_input,
                     "cannot read the configuration file " + stray_text(file) + ": " + reason);
    }
    auto lines = parse_ini(text.str());
    if (!lines) return Error(ErrorCode::invalid_input, file + ", " + lines.error().message);
    return lines;
}

}  // namespace mim::main
