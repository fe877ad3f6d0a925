// Adds settings to a command, each as a flag, a MIM_ variable and a key of the configuration file. With
// command_line.hpp, config_file.hpp and the topics beside this file the only places that know CLI11.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "main/settings.hpp"

namespace mim::main {

// "--log-level" → "MIM_LOG_LEVEL"
[[nodiscard]] std::string environment_name(std::string_view flag);

// "HOST:PORT" or "[IPV6]:PORT"; false when it is neither.
[[nodiscard]] bool parse_endpoint(const std::string& text, Endpoint& endpoint);

// A secret's text is shown nowhere; a URI among them without its credentials.
enum class Shown { plainly, masked };

struct Setting {
    std::string flag;
    CLI::Option* option = nullptr;  // of the command the table belongs to
    Shown shown = Shown::plainly;
};

class SettingTable {
  public:
    SettingTable(CLI::App& command, std::set<std::string>& variables)
        : command_(command), variables_(variables) {}

    template <class Value>
    CLI::Option* add(const std::string& flag, Value& value, const std::string& help) {
        return named(command_.add_option(flag, value, help)->capture_default_str(), flag);
    }

    void add(const std::string& flag, Endpoint& endpoint, const std::string& help) {
        const auto parse = [&endpoint, flag](const std::string& text) {
            if (parse_endpoint(text, endpoint)) return true;
            throw CLI::ValidationError(flag, "'" + text + "' is not HOST:PORT, for example 127.0.0.1:8080");
        };
        named(command_.add_option_function<std::string>(flag, parse, help)->default_str(endpoint.text()),
              flag)
            ->type_name("HOST:PORT");
    }

    // Values separated by commas; given more than once, the flag adds to the list.
    void add_list(const std::string& flag, std::vector<std::string>& values, const std::string& help) {
        named(command_.add_option(flag, values, help)->delimiter(',')->allow_extra_args(false), flag)
            ->type_name("LIST");
    }

    // Never shown again: neither in the help nor in a complaint.
    CLI::Option* add_secret(const std::string& flag, Secret& value, const std::string& help,
                            const std::string& kind = "URI") {
        const auto keep = [&value](const std::string& text) { value = Secret(text); };
        CLI::Option* option = named(command_.add_option_function<std::string>(flag, keep, help), flag);
        entries_.back().shown = Shown::masked;
        return option->type_name(kind);
    }

    template <class Duration>
    void add_duration(const std::string& flag, Duration& duration, const std::string& help,
                      std::int64_t least = 1) {
        constexpr std::int64_t most = 31'536'000'000;  // far beyond use, well within every duration type
        const auto store = [&duration](const std::int64_t& count) { duration = Duration(count); };
        named(command_.add_option_function<std::int64_t>(flag, store, help)
                  ->default_str(std::to_string(duration.count()))
                  ->check(CLI::Range(least, most)),
              flag);
    }

    template <class Value>
    void add_count(const std::string& flag, Value& value, const std::string& help, Value least, Value most) {
        add(flag, value, help)->check(CLI::Range(least, most));
    }

    template <class Choice>
    void add_choice(const std::string& flag, Choice& value, const std::map<std::string, Choice>& choices,
                    const std::string& help) {
        const auto parse = [&value, choices](const std::string& text) { value = choices.at(text); };
        std::string shown;
        for (const auto& [name, choice] : choices) {
            if (choice == value) shown = name;
        }
        std::vector<std::string> names;
        names.reserve(choices.size());
        for (const auto& entry : choices) names.push_back(entry.first);
        named(command_.add_option_function<std::string>(flag, parse, help)
                  ->default_str(shown)
                  ->check(CLI::IsMember(names)),
              flag);
    }

    // The same without a default.
    template <class Choice>
    void add_optional_choice(const std::string& flag, std::optional<Choice>& value,
                             const std::map<std::string, Choice>& choices, const std::string& help) {
        const auto parse = [&value, choices](const std::string& text) { value = choices.at(text); };
        std::vector<std::string> names;
        names.reserve(choices.size());
        for (const auto& entry : choices) names.push_back(entry.first);
        named(command_.add_option_function<std::string>(flag, parse, help)->check(CLI::IsMember(names)),
              flag);
    }
    // In the order in which they were added.
    [[nodiscard]] const std::vector<Setting>& entries() const { return entries_; }

  private:
    CLI::Option* named(CLI::Option* option, const std::string& flag) {
        variables_.insert(environment_name(flag));
        entries_.push_back({flag, option});
        return option->envname(environment_name(flag));
    }

    CLI::App& command_;
    std::set<std::string>& variables_;
    std::vector<Setting> entries_;
};

}  // namespace mim::main
