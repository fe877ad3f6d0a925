// Describes settings, each with the place that its value goes to: the field of whoever uses it, which also
// holds its default.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "main/settings/endpoint.hpp"
#include "main/settings/number_text.hpp"
#include "main/settings/setting.hpp"

namespace mim::main {

// The places must outlive the rows.
class SettingTable {
  public:
    Setting& add_text(const std::string& flag, std::string& value, const std::string& help);
    Setting& add_path(const std::string& flag, std::filesystem::path& value, const std::string& help);
    Setting& add_path(const std::string& flag, std::string& value, const std::string& help);
    // Never shown again: neither in the help nor in a complaint.
    Setting& add_secret(const std::string& flag, Secret& value, const std::string& help,
                        const std::string& kind = "URI");
    Setting& add_endpoint(const std::string& flag, std::string& host, std::uint16_t& port,
                          const std::string& help);
    // Values separated by commas; given more than once, it adds to the list.
    Setting& add_list(const std::string& flag, std::vector<std::string>& values, const std::string& help);
    Setting& add_share(const std::string& flag, double& value, const std::string& help);
    // What only `take` understands. `expected` as in Setting.
    Setting& add_other(const std::string& flag, const std::string& kind, const std::string& expected,
                       const std::string& help, std::function<bool(const std::string&)> take);

    template <class Value>
    Setting& add_count(const std::string& flag, Value& value, const std::string& help, std::int64_t least,
                       std::int64_t most) {
        const auto store = [&value](std::int64_t number) { value = static_cast<Value>(number); };
        return add_number(flag, help, {least, most}, static_cast<std::int64_t>(value), store);
    }

    template <class Duration>
    Setting& add_seconds(const std::string& flag, Duration& value, const std::string& help) {
        return add_seconds(flag, {&value}, help);
    }
    // One span for several users; the default is that of the first.
    template <class Duration>
    Setting& add_seconds(const std::string& flag, std::initializer_list<Duration*> users,
                         const std::string& help) {
        const std::vector<Duration*> places(users);
        const auto store = [places](std::int64_t number) {
            for (Duration* place : places) *place = std::chrono::seconds(number);
        };
        const auto now = std::chrono::duration_cast<std::chrono::seconds>(*places.front()).count();
        return add_number(flag, help, {1, most_seconds}, now, store);
    }
    Setting& add_milliseconds(const std::string& flag, std::chrono::milliseconds& value,
                              const std::string& help, std::int64_t least, std::int64_t most);

    template <class Choice>
    Setting& add_choice(const std::string& flag, Choice& value, const std::map<std::string, Choice>& choices,
                        const std::string& help) {
        std::vector<std::string> names;
        names.reserve(choices.size());
        std::string now;
        for (const auto& [name, choice] : choices) {
            names.push_back(name);
            if (choice == value) now = name;
        }
        const auto take = [&value, choices](const std::string& text) {
            const auto chosen = choices.find(text);
            if (chosen != choices.end()) value = chosen->second;
            return chosen != choices.end();
        };
        return add_one_of(flag, names, now, help, take);
    }
    // The same without a default.
    template <class Choice>
    Setting& add_optional_choice(const std::string& flag, std::optional<Choice>& value,
                                 const std::map<std::string, Choice>& choices, const std::string& help) {
        std::vector<std::string> names;
        names.reserve(choices.size());
        for (const auto& entry : choices) names.push_back(entry.first);
        const auto take = [&value, choices](const std::string& text) {
            const auto chosen = choices.find(text);
            if (chosen != choices.end()) value = chosen->second;
            return chosen != choices.end();
        };
        return add_one_of(flag, names, "", help, take);
    }

    // In the order in which they were added.
    [[nodiscard]] const std::vector<Setting>& rows() const { return rows_; }

  private:
    // Far beyond use, well within every duration type.
    static constexpr std::int64_t most_seconds = 31'536'000'000;
    struct Limits {
        std::int64_t least;
        std::int64_t most;
    };
    Setting& add_number(const std::string& flag, const std::string& help, Limits limits, std::int64_t now,
                        std::function<void(std::int64_t)> store);
    Setting& add_one_of(const std::string& flag, const std::vector<std::string>& names,
                        const std::string& now, const std::string& help,
                        std::function<bool(const std::string&)> take);

    std::vector<Setting> rows_;
};

}  // namespace mim::main
