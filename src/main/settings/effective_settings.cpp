#include "main/settings/effective_settings.hpp"

#include "app/ports/target.hpp"

namespace mim::main {
namespace {

std::string source_of(const Setting& setting, const Origins& origins) {
    if (setting.option->count() == 0) return "default";
    if (origins.file.contains(setting.flag)) return "file";
    if (origins.flags.contains(setting.flag)) return "flag";
    return "environment (" + environment_name(setting.flag) + ")";
}

// A URI may hold credentials wherever it stands, whatever it was added as.
std::string shown(const Setting& setting, const std::string& text) {
    if (text.find("://") != std::string::npos) return app::masked_uri(Secret(text));
    const bool hidden = setting.shown == Shown::masked && !text.empty();
    return hidden ? std::string(app::password_mask) : text;
}

std::string value_of(const Setting& setting) {
    if (setting.option->count() == 0) {
        const std::string text = setting.option->get_default_str();
        return text == "\"\"" ? "" : text;  // how CLI11 writes an empty path
    }
    std::string value;
    for (const auto& each : setting.option->results()) value += (value.empty() ? "" : " ") + each;
    return shown(setting, value);
}

}  // namespace

std::set<std::string> flags_among(int count, char** arguments) {
    std::set<std::string> flags;
    for (int at = 1; at < count; ++at) {
        const std::string_view argument(arguments[at]);
        if (argument.starts_with("--")) flags.emplace(argument.substr(0, argument.find('=')));
    }
    return flags;
}

std::vector<EffectiveSetting> effective_settings(const std::vector<Setting>& table, const Origins& origins) {
    std::vector<EffectiveSetting> effective;
    effective.reserve(table.size());
    for (const auto& setting : table)
        effective.push_back({setting.flag.substr(2), value_of(setting), source_of(setting, origins)});
    return effective;
}

}  // namespace mim::main
