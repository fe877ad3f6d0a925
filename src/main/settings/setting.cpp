#include "main/settings/setting.hpp"

#include <algorithm>

#include "app/ports/target.hpp"
#include "base/ascii.hpp"

namespace mim::main {

std::string variable_of(const std::string& flag) {
    std::string name = "MIM_";
    for (const char c : flag.substr(2)) name.push_back(c == '-' ? '_' : ascii::upper(c));
    return name;
}

// A URI may hold credentials wherever it stands, whatever it was given for.
std::string stray_text(const std::string& text) {
    return text.find("://") == std::string::npos ? text : app::masked_uri(Secret(text));
}

std::string shown_text(const Setting& setting, const std::string& text) {
    const bool is_uri = text.find("://") != std::string::npos;
    const bool hidden = setting.shown == Shown::masked && !text.empty() && !is_uri;
    return hidden ? std::string(app::password_mask) : stray_text(text);
}

std::vector<std::string> flags_of(const std::vector<Setting>& table) {
    std::vector<std::string> flags;
    flags.reserve(table.size());
    for (const auto& setting : table) flags.push_back(setting.flag);
    return flags;
}

const Setting* find_setting(const std::vector<Setting>& table, const std::string& flag) {
    const auto found = std::ranges::find(table, flag, &Setting::flag);
    return found == table.end() ? nullptr : &*found;
}

}  // namespace mim::main
