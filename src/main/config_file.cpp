#include "main/config_file.hpp"

#include <CLI/CLI.hpp>

namespace mim::main {
namespace {

// CLI11 marks the begin and the end of a section by items of these names.
bool is_section_mark(const CLI::ConfigItem& item) {
    return item.name == "++" || item.name == "--";
}

bool is_of_another_command(const CLI::App& command, const CLI::ConfigItem& item) {
    if (item.parents.empty() || item.parents.front() == command.get_name()) return false;
    const auto commands = command.get_parent()->get_subcommands([](const CLI::App*) { return true; });
    for (const CLI::App* other : commands) {
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

void apply_config_file(CLI::App& command, const std::string& file) {
    for (const CLI::ConfigItem& item : CLI::ConfigINI().from_file(file)) {
        if (is_section_mark(item) || is_of_another_command(command, item)) continue;
        CLI::Option& option = setting_of(command, item);
        if (option.count() > 0) continue;
        option.add_result(item.inputs);
        option.run_callback();
    }
}

}  // namespace mim::main
