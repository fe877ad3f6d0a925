// Takes the texts that flags, variables and the configuration file give into the places of a table: one
// conversion and one judgement for all of them. What comes first wins: ask the flags first, the file last.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "main/settings/effective_setting.hpp"
#include "main/settings/ini_file.hpp"
#include "main/settings/setting.hpp"

namespace mim::main {

// Flag → the texts it was given, in their order.
using FlagTexts = std::map<std::string, std::vector<std::string>>;
// Variables of the environment whose names begin with MIM_.
using Variables = std::map<std::string, std::string>;

// Each error is invalid_input with one line: the setting, where it was set, what is expected; no secret.
class Taking {
  public:
    // The table must outlive this.
    explicit Taking(const std::vector<Setting>& table) : table_(table) {}

    [[nodiscard]] Done from_flags(const FlagTexts& flags);
    // An empty variable counts as one that is not there.
    [[nodiscard]] Done from_variables(const Variables& variables);
    // What stands at the top or below [`section`]; the latter wins. Every line there must be a setting of
    // the table.
    [[nodiscard]] Done from_file(const std::string& file, const std::string& section);
    [[nodiscard]] Done all_required_are_there() const;

    // What is in force now, in the order of the table.
    [[nodiscard]] std::vector<EffectiveSetting> effective() const;

  private:
    struct Taken {
        std::string shown;
        std::string source;
    };
    [[nodiscard]] Done take(const Setting& setting, const std::vector<std::string>& texts,
                            const std::string& origin, const std::string& source);
    [[nodiscard]] Done take_lines(const std::string& file, const std::vector<IniLine>& lines,
                                  const std::string& section);

    const std::vector<Setting>& table_;
    std::map<std::string, Taken> taken_;  // by flag
};

}  // namespace mim::main
