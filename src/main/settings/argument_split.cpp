#include "main/settings/argument_split.hpp"

#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "base/nearest_name.hpp"
#include "main/settings/stray_word.hpp"

namespace mim::main {
namespace {

// As a list from the last to the first, which is how CLI11 takes it. `--flag=value` is cut here, since CLI11
// would take the next argument for the value of `--flag=`.
std::vector<std::string> reversed(int count, char** arguments) {
    std::vector<std::string> texts;
    for (int at = 1; at < count; ++at) {
        const std::string text(arguments[at]);
        const auto equals = text.starts_with("--") ? text.find('=') : std::string::npos;
        texts.push_back(text.substr(0, equals));
        if (equals != std::string::npos) texts.push_back(text.substr(equals + 1));
    }
    std::ranges::reverse(texts);
    return texts;
}

std::string help_of(const Setting& setting) {
    std::string more = setting.variable;
    if (!setting.default_text.empty())
        more += (more.empty() ? "default " : ", default ") + setting.default_text;
    return more.empty() ? setting.help : setting.help + " [" + more + "]";
}

class Splitter {
  public:
    explicit Splitter(const CommandTable& table) : table_(table) {
        app_.allow_extras();
        app_.require_subcommand(0, 1);
        app_.add_flag_callback(
            "--version", [this] { version_wanted_ = true; }, "Print the version, and those of its libraries");
        for (const auto& group : table.groups()) add_group(group);
        for (const auto& command : table.commands()) add_command(command);
    }

    std::variant<SplitArguments, VersionWanted, Exit> split(int count, char** arguments) {
        try {
            app_.parse(reversed(count, arguments));
        } catch (const CLI::Success& answered) {
            return Exit{app_.exit(answered)};
        } catch (const CLI::ArgumentMismatch&) {
            // Every flag takes the argument that follows it: only the last one can be without.
            return refuse(complaint_of_no_value(arguments[count - 1]));
        } catch (const CLI::ParseError& failure) {
            return refuse(std::string("the arguments cannot be told apart (") + failure.what() + ")");
        }
        if (version_wanted_) return VersionWanted{};
        const std::string complaint = what_is_wrong();
        if (!complaint.empty()) return refuse(complaint);
        return SplitArguments{chosen(), std::move(flags_), words_};
    }

  private:
    void add_group(const CommandGroup& group) {
        apps_[group.name] = app_.add_subcommand(group.name, group.help);
        apps_[group.name]->require_subcommand(0, 1);
    }

    void add_command(const DescribedCommand& command) {
        const auto space = command.name.find(' ');
        CLI::App& parent = space == std::string::npos ? app_ : *apps_.at(command.name.substr(0, space));
        CLI::App* made = parent.add_subcommand(
            space == std::string::npos ? command.name : command.name.substr(space + 1), command.help);
        apps_[command.name] = made;
        for (const auto& setting : command.settings) add_flag(*made, command, setting);
        if (command.sources == DescribedCommand::Sources::all)
            made->footer(
                "What stands in brackets is a variable that does the same; a flag wins over it, it "
                "wins over a configuration file.");
        if (command.of == nullptr) return;
        const auto keep = [this](const CLI::results_t& texts) {
            words_.insert(words_.end(), texts.begin(), texts.end());
            return true;
        };
        made->add_option("of", CLI::callback_t(keep), "Whose settings, default serve")
            ->type_name("serve|worker");
    }

    void add_flag(CLI::App& app, const DescribedCommand& command, const Setting& setting) {
        const auto keep = [this, flag = setting.flag](const CLI::results_t& texts) {
            flags_[flag] = texts;
            return true;
        };
        CLI::Option* option = app.add_option(setting.flag, CLI::callback_t(keep), help_of(setting));
        option->type_name(setting.kind)->allow_extra_args(false);
        option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        if (!command.told.empty() && !command.told.contains(setting.flag)) option->group("");
    }

    [[nodiscard]] const DescribedCommand* chosen() const {
        for (const auto& command : table_.commands()) {
            if (apps_.at(command.name)->parsed()) return &command;
        }
        return nullptr;
    }

    [[nodiscard]] std::vector<std::string> names_below(const std::string& group) const {
        std::vector<std::string> names;
        for (const auto& each : table_.groups()) {
            if (group.empty()) names.push_back(each.name);
        }
        for (const auto& each : table_.commands()) {
            const auto space = each.name.find(' ');
            if (group.empty() && space == std::string::npos) names.push_back(each.name);
            if (!group.empty() && each.name.starts_with(group + " ")) names.push_back(each.name);
        }
        return names;
    }

    // Empty when nothing is.
    [[nodiscard]] std::string what_is_wrong() const {
        if (const auto left = app_.remaining(); !left.empty()) return complaint_of_command("", left.front());
        const DescribedCommand* command = chosen();
        if (command == nullptr) return complaint_of_group();
        const auto left = apps_.at(command->name)->remaining();
        if (left.empty()) return {};
        return complaint_of_rest(*command, left.front());
    }

    [[nodiscard]] std::string complaint_of_group() const {
        for (const auto& group : table_.groups()) {
            if (!apps_.at(group.name)->parsed()) continue;
            const auto left = apps_.at(group.name)->remaining();
            if (!left.empty()) return complaint_of_command(group.name, left.front());
            return "'" + group.name + "' needs one of: " + joined_names(names_below(group.name));
        }
        return "a command is needed: " + joined_names(names_below(""));
    }

    [[nodiscard]] std::string complaint_of_command(const std::string& group, const std::string& word) const {
        const std::string name = group.empty() ? word : group + " " + word;
        const auto known = names_below(group);
        if (word.starts_with("-")) return "'" + word + "' must stand after a command";
        return "'" + stray_text(name) + "' is not a command" + suggestion(name, known) +
               " (there are: " + joined_names(known) + ")";
    }

    [[nodiscard]] std::string complaint_of_no_value(const std::string& flag) const {
        const DescribedCommand* command = chosen();
        if (command == nullptr) return flag + " needs a value";
        const Setting* const setting = find_setting(command->settings, flag);
        const std::string kind = setting == nullptr ? "" : ": " + flag + " " + setting->kind;
        return flag + " needs a value" + kind + " (see 'mim " + command->name + " --help')";
    }

    [[nodiscard]] std::string complaint_of_rest(const DescribedCommand& command,
                                                const std::string& rest) const {
        const std::string see = " (see 'mim " + command.name + " --help')";
        if (rest.starts_with("-") && rest.size() > 1)
            return rest + " is not a setting of 'mim " + command.name + "'" +
                   suggestion(rest, flags_of(command.settings)) + see;
        return "'" + stray_text(rest) + "' is one argument too many: 'mim " + command.name + "' takes " +
               (command.of == nullptr ? "flags only" : "flags, and serve or worker") +
               meaning_of_stray_word(rest, command, names_of(table_)) + see;
    }

    [[nodiscard]] static std::string joined_names(const std::vector<std::string>& names) {
        std::string all;
        for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
        return all;
    }

    [[nodiscard]] Exit refuse(const std::string& complaint) const {
        std::cerr << "mim: " << complaint << '\n';
        const DescribedCommand* command = chosen();
        return Exit{command == nullptr ? 2 : command->exit_when_refused};
    }

    const CommandTable& table_;
    CLI::App app_{"MongoDB Index Manager: keeps the indexes of many MongoDB databases as you defined them.",
                  "mim"};
    std::map<std::string, CLI::App*> apps_;  // by name; those of groups too
    FlagTexts flags_;
    std::vector<std::string> words_;
    bool version_wanted_ = false;
};

}  // namespace

std::variant<SplitArguments, VersionWanted, Exit> split_arguments(const CommandTable& table, int count,
                                                                  char** arguments) {
    return Splitter(table).split(count, arguments);
}

std::string argument_library_version() {
    return CLI11_VERSION;
}

}  // namespace mim::main
