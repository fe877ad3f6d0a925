#include "main/config_file.hpp"

#include <CLI/CLI.hpp>

namespace mim::main {
namespace {

// CLI11 marks the begin and the end of a section by items of these names.
bool is_section_mark(const CLI::ConfigItem& item) {
    return item.name == "++" || item.name == "--";
}

bool is_of_another_command(const CLI::App& command, const std::string& section, const CLI::ConfigItem& item) {
    if (item.parents.empty() || item.parents.front() == section) return false;
    const CLI::App* program = &command;
    while (program->get_parent() != nullptr) program = program->get_parent();
    for (const CLI::App* other : program->get_subcommands([](const CLI::App*) { return true; })) {
        if (other->get_name() == item.parents.front()) return true;
    }
    throw CLI::ConfigError("[" + item.parents.front() + "] in the configuration file is not a command");
}

CLI::Option& setting_of(CLI::App& command, const CLI::ConfigItem& item) {
    CLI::Option* option = command.get_option_no_throw("--" + item.name);
    if (option != nullptr && item.name != "config" && item.name != "help") return *option;
    throw CLI::ConfigError("'" + item.name + "' in the configuration file is not a setting");
}

}  // namespace

std::set<std::string> apply_config_file(CLI::App& command, const std::string& section,
                                        const std::string& file) {
    std::set<std::string> given;
    for (const CLI::ConfigItem& item : CLI::ConfigINI().from_file(file)) {
        if (is_section_mark(item) || is_of_another_command(command, section, item)) continue;
        CLI::Option& option = setting_of(command, item);
        if (option.count() > 0) continue;
        option.add_result(item.inputs);
        option.run_callback();
        given.insert("--" + item.name);
    }
    return given;
}

}  // namespace mim::main
