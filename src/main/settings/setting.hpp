// A setting: all that is known of it, and how a text becomes its value. Flags, variables and the
// configuration file give texts, and every text goes the same way.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace mim::main {

// A secret's text is shown nowhere; a URI among them without its credentials.
enum class Shown { plainly, masked };
// Whether it may be given more than once; then each time adds to it.
enum class Times { once, many };
enum class Need { optional, required };

struct Setting {
    std::string flag;      // "--log-level"
    std::string variable;  // "MIM_LOG_LEVEL"; empty = a flag only
    std::string help;
    std::string kind;          // for the help: "HOST:PORT", "NUMBER", "text|json"
    std::string expected;      // what a text must be, for a complaint: "a whole number from 0 to 256"
    std::string default_text;  // empty = none
    // Stores the value; false, storing nothing, when the text is not what is expected.
    std::function<bool(const std::string& text)> take;
    Shown shown = Shown::plainly;
    Times times = Times::once;
    Need need = Need::optional;

    // As it is called in the configuration file: "log-level".
    [[nodiscard]] std::string name() const { return flag.substr(2); }
};

// "--log-level" → "MIM_LOG_LEVEL"
[[nodiscard]] std::string variable_of(const std::string& flag);
// A text of this setting as it may be shown: secrets masked, URIs without their credentials.
[[nodiscard]] std::string shown_text(const Setting& setting, const std::string& text);
// The same of a text that belongs to no setting: a URI without its credentials.
[[nodiscard]] std::string stray_text(const std::string& text);
[[nodiscard]] std::vector<std::string> flags_of(const std::vector<Setting>& table);
// Null when the table has no such setting.
[[nodiscard]] const Setting* find_setting(const std::vector<Setting>& table, const std::string& flag);

}  // namespace mim::main
