#include "main/settings/stray_word.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/nearest_name.hpp"
#include "main/settings/endpoint.hpp"
#include "main/settings/number_text.hpp"

namespace mim::main {
namespace {

// Which setting takes the addresses that begin so.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> schemes{{{"mongodb://", "--store"},
                                                                                {"mongodb+srv://", "--store"},
                                                                                {"redis://", "--queue"},
                                                                                {"rediss://", "--queue"}}};

// A port, `:port` or HOST:PORT, as the address to listen on.
std::string as_address(const std::string& word, const Setting& listen) {
    const auto usual = parse_endpoint(listen.default_text);
    const auto port = parse_number<std::uint16_t>(word.starts_with(":") ? word.substr(1) : word);
    if (port && usual) return Endpoint{usual->host, *port}.text();
    const auto whole = word.find('=') == std::string::npos ? parse_endpoint(word) : std::nullopt;
    return whole ? whole->text() : "";
}

std::vector<Setting> told_settings(const DescribedCommand& command) {
    std::vector<Setting> told = command.settings;
    std::erase_if(told, [&command](const Setting& each) {
        return !command.told.empty() && !command.told.contains(each.flag);
    });
    return told;
}

// Never the address itself, which may hold a password.
std::string flag_for_scheme(const std::string& word, const std::vector<Setting>& settings) {
    for (const auto& [scheme, flag] : schemes) {
        if (!word.starts_with(scheme)) continue;
        const Setting* const setting = find_setting(settings, std::string(flag));
        return setting == nullptr ? "" : setting->flag + ", or the variable " + setting->variable;
    }
    return {};
}

std::string named_by(const std::string& word, const std::vector<Setting>& settings,
                     const std::vector<std::string>& commands) {
    const std::string name = word.substr(0, word.find('='));
    auto flags = flags_of(settings);
    flags.emplace_back("--help");
    const bool is_flag = std::ranges::find(flags, "--" + name) != flags.end();
    if (!is_flag && std::ranges::find(commands, name) != commands.end()) return "mim " + name;
    if (const std::string flag = nearest_name("--" + name, flags); !flag.empty()) return flag;
    const std::string command = nearest_name(name, commands);
    return command.empty() ? "" : "mim " + command;
}

// The one setting that the command cannot be without: `mim store backup FILE`.
std::string only_required(const std::string& word, const std::vector<Setting>& settings) {
    const auto is_required = [](const Setting& each) { return each.need == Need::required; };
    if (std::ranges::count_if(settings, is_required) != 1) return {};
    const Setting& setting = *std::ranges::find_if(settings, is_required);
    return setting.shown == Shown::plainly ? setting.flag + " " + stray_text(word) : setting.flag;
}

std::string meaning(const std::string& word, const std::vector<Setting>& settings,
                    const std::vector<std::string>& commands) {
    if (word.find("://") != std::string::npos) return flag_for_scheme(word, settings);
    if (const Setting* const listen = find_setting(settings, "--listen"); listen != nullptr) {
        if (const std::string address = as_address(word, *listen); !address.empty())
            return listen->flag + " " + address;
    }
    if (std::string named = named_by(word, settings, commands); !named.empty()) return named;
    return only_required(word, settings);
}

}  // namespace

std::string meaning_of_stray_word(const std::string& word, const DescribedCommand& command,
                                  const std::vector<std::string>& commands) {
    const std::string meant = meaning(word, told_settings(command), commands);
    return meant.empty() ? "" : "; did you mean " + meant + "?";
}

}  // namespace mim::main
