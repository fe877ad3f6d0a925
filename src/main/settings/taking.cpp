#include "main/settings/taking.hpp"

#include <algorithm>
#include <array>

#include "base/nearest_name.hpp"

namespace mim::main {
namespace {

constexpr std::array<const char*, 2> sections{"serve", "worker"};

Error complaint(const std::string& what) {
    return {ErrorCode::invalid_input, what};
}

std::string place_in(const std::string& file, int line) {
    return "set in " + file + ", line " + std::to_string(line);
}

Error refused(const Setting& setting, const std::string& text, const std::string& origin) {
    const bool tell = setting.shown == Shown::plainly;
    return complaint(setting.flag + ": must be " + setting.expected +
                     (tell ? ", not '" + shown_text(setting, text) + "'" : "") + " (" + origin + ")");
}

// What is a flag only, such as the name of a file to make, is no setting of a service.
std::vector<std::string> names_in_a_file(const std::vector<Setting>& table) {
    std::vector<std::string> names;
    for (const auto& setting : table) {
        if (!setting.variable.empty()) names.push_back(setting.name());
    }
    return names;
}

Done check_section(const std::string& file, const IniLine& line) {
    if (line.section.empty() || std::ranges::find(sections, line.section) != sections.end()) return {};
    return complaint("[" + line.section + "] is no section of a configuration file: they are [serve] and " +
                     "[worker]" + suggestion(line.section, {sections.begin(), sections.end()}) + " (" +
                     place_in(file, line.number) + " or before)");
}

Done check_name(const std::vector<Setting>& table, const std::string& file, const IniLine& line) {
    const std::string place = " (" + place_in(file, line.number) + ")";
    if (line.name == "config") return complaint("'config' names the file itself, so not in it" + place);
    const auto names = names_in_a_file(table);
    if (std::ranges::find(names, line.name) != names.end()) return {};
    return complaint("'" + line.name + "' is not a setting" + suggestion(line.name, names) + place);
}

}  // namespace

Done Taking::take(const Setting& setting, const std::vector<std::string>& texts, const std::string& origin,
                  const std::string& source) {
    if (setting.times == Times::once && texts.size() > 1)
        return complaint(setting.flag + ": is given more than once (" + origin + ")");
    Taken taken{"", source};
    for (const auto& text : texts) {
        if (!setting.take(text)) return refused(setting, text, origin);
        taken.shown += (taken.shown.empty() ? "" : ",") + shown_text(setting, text);
    }
    taken_.emplace(setting.flag, std::move(taken));
    return {};
}

Done Taking::from_flags(const FlagTexts& flags) {
    for (const auto& [flag, texts] : flags) {
        const Setting* setting = find_setting(table_, flag);
        if (setting == nullptr) return complaint(flag + ": is not a setting here");
        MIM_CHECK(take(*setting, texts, "given as a flag", "flag"));
    }
    return {};
}

Done Taking::from_variables(const Variables& variables) {
    for (const auto& setting : table_) {
        const auto variable = variables.find(setting.variable);
        const bool given = variable != variables.end() && !variable->second.empty();
        if (!given || taken_.contains(setting.flag)) continue;
        MIM_CHECK(take(setting, {variable->second}, "set by " + setting.variable,
                       "environment (" + setting.variable + ")"));
    }
    return {};
}

Done Taking::from_file(const std::string& file, const std::string& section) {
    MIM_TRY(lines, read_ini(file));
    for (const auto& line : lines) {
        MIM_CHECK(check_section(file, line));
        if (line.section.empty() || line.section == section) MIM_CHECK(check_name(table_, file, line));
    }
    MIM_CHECK(take_lines(file, lines, section));
    return take_lines(file, lines, "");
}

Done Taking::take_lines(const std::string& file, const std::vector<IniLine>& lines,
                        const std::string& section) {
    std::map<std::string, std::vector<const IniLine*>> by_flag;
    for (const auto& line : lines) {
        if (line.section == section) by_flag["--" + line.name].push_back(&line);
    }
    for (const auto& [flag, given] : by_flag) {
        if (taken_.contains(flag)) continue;
        std::vector<std::string> texts;
        for (const auto* line : given) texts.push_back(line->value);
        MIM_CHECK(take(*find_setting(table_, flag), texts, place_in(file, given.back()->number), "file"));
    }
    return {};
}

Done Taking::all_required_are_there() const {
    for (const auto& setting : table_) {
        if (setting.need == Need::optional || taken_.contains(setting.flag)) continue;
        const std::string otherwise = setting.variable.empty() ? "" : ", as a flag or as " + setting.variable;
        return complaint(setting.flag + ": must be given" + otherwise);
    }
    return {};
}

std::vector<EffectiveSetting> Taking::effective() const {
    std::vector<EffectiveSetting> effective;
    effective.reserve(table_.size());
    for (const auto& setting : table_) {
        const auto taken = taken_.find(setting.flag);
        const bool given = taken != taken_.end();
        effective.push_back({setting.name(), given ? taken->second.shown : setting.default_text,
                             given ? taken->second.source : "default"});
    }
    return effective;
}

}  // namespace mim::main
