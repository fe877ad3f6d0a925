#include "main/command_line.hpp"

#include <iostream>

#include "base/nearest_name.hpp"
#include "main/settings/argument_split.hpp"
#include "main/settings/stray_word.hpp"
#include "main/settings/taking.hpp"

namespace mim::main {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

Done choose_role(const SplitArguments& split, const CommandTable& table) {
    if (split.words.empty()) return {};
    const std::string& word = split.words.front();
    if (split.words.size() == 1 && (word == "serve" || word == "worker")) {
        *split.command->of = word == "worker" ? Role::worker : Role::serve;
        return {};
    }
    std::string meant = suggestion(word, {"serve", "worker"});
    if (meant.empty()) meant = meaning_of_stray_word(word, *split.command, names_of(table));
    return Error(ErrorCode::invalid_input, "'" + stray_text(word) + "' is not understood: 'mim " +
                                               split.command->name + "' takes serve or worker" + meant);
}

// Takes the texts of all sources; what is in force then.
Result<std::vector<EffectiveSetting>> take_all(const SplitArguments& split, const CommandTable& table,
                                               const Variables& variables) {
    const DescribedCommand& command = *split.command;
    MIM_CHECK(choose_role(split, table));
    const bool of_worker = command.of != nullptr && *command.of == Role::worker;
    Taking taking(of_worker ? command.settings_of_worker : command.settings);
    MIM_CHECK(taking.from_flags(split.flags));
    if (command.sources == DescribedCommand::Sources::all) {
        MIM_CHECK(taking.from_variables(variables));
        const bool has_file = command.config != nullptr && !command.config->empty();
        const std::string section = of_worker || command.name == "worker" ? "worker" : "serve";
        if (has_file) MIM_CHECK(taking.from_file(command.config->string(), section));
        MIM_CHECK(table.variables().check(variables));
    }
    MIM_CHECK(taking.all_required_are_there());
    return taking.effective();
}

Command command_of(const SplitArguments& split, const CommandTable& table, const Variables& variables) {
    const auto effective = take_all(split, table, variables);
    if (effective) return split.command->outcome(*effective);
    std::cerr << "mim: " << effective.error().message << '\n';
    return Exit{split.command->exit_when_refused};
}

}  // namespace

Command parse_command_line(int count, char** arguments, char** environment) {
    CommandTable table;
    return std::visit(
        Overloaded{
            [&](const SplitArguments& split) { return command_of(split, table, variables_of(environment)); },
            [](const VersionWanted&) -> Command { return VersionQuestion{}; },
            [](const Exit& answered) -> Command { return answered; },
        },
        split_arguments(table, count, arguments));
}

}  // namespace mim::main
