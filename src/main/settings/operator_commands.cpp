#include "main/settings/operator_commands.hpp"

#include "main/config_file.hpp"

namespace mim::main {
namespace {

// What the commands on the store need of the many settings; the others are taken, but not told of.
const std::set<std::string>& settings_of_the_store() {
    static const std::set<std::string> flags{"--data", "--store", "--secret-key-file", "--secret-keys",
                                             "--config"};
    return flags;
}

void hide_others(const std::vector<Setting>& table) {
    for (const auto& setting : table) {
        if (!settings_of_the_store().contains(setting.flag)) setting.option->group("");
    }
}

void add_role(CLI::App& command, Role& role) {
    const auto keep = [&role](const std::string& text) {
        role = text == "worker" ? Role::worker : Role::serve;
    };
    command.add_option_function<std::string>("of", keep, "Whose settings")
        ->default_str("serve")
        ->check(CLI::IsMember(std::vector<std::string>{"serve", "worker"}))
        ->type_name("serve|worker");
}

std::string section_of(Role role) {
    return role == Role::worker ? "worker" : "serve";
}

}  // namespace

OperatorCommands::OperatorCommands(CLI::App& app, CLI::App& store, const Describe& describe) {
    add_store_commands(store, describe);
    add_role_commands(app, describe);
}

CLI::App* OperatorCommands::add(CLI::App& parent, const char* name, const char* help, ServeSettings& settings,
                                const Role& role, const Describe& describe) {
    CLI::App* command = parent.add_subcommand(name, help);
    commands_.push_back({command, &settings, &role, describe(*command, settings), {}});
    return command;
}

void OperatorCommands::add_store_commands(CLI::App& store, const Describe& describe) {
    add(store, "rekey", "Seal every connection string in the store with the first of the keys", rekey_.common,
        serve_, describe);
    hide_others(commands_.back().table);
    CLI::App* backup = add(store, "backup", "Copy the embedded store into a file, also while mim runs",
                           backup_.common, serve_, describe);
    hide_others(commands_.back().table);
    backup->add_option("--to", backup_.to, "The file to make; one that is there is kept")->required();
    CLI::App* restore =
        add(store, "restore",
            "Put a backup in the place of the embedded store; stop every mim that uses it first",
            restore_.common, serve_, describe);
    hide_others(commands_.back().table);
    restore->add_option("--from", restore_.from, "A file made by `mim store backup`")->required();
}

void OperatorCommands::add_role_commands(CLI::App& app, const Describe& describe) {
    CLI::App* config = app.add_subcommand("config", "Look at the settings");
    config->require_subcommand(1);
    CLI::App* check =
        add(*config, "check", "Print the settings in force, where each came from, and what is wrong",
            check_.common, check_.of, describe);
    add_role(*check, check_.of);
    example_ = config->add_subcommand("example", "Print an example of every variable, as in .env.example");
    CLI::App* doctor =
        add(app, "doctor",
            "Test store, queue, keys, clock and every target, and print what to do; changes nothing",
            doctor_.common, doctor_.of, describe);
    add_role(*doctor, doctor_.of);
}

void OperatorCommands::apply_files() {
    for (auto& command : commands_) {
        if (!command.app->parsed() || command.settings->config.empty()) continue;
        command.from_file =
            apply_config_file(*command.app, section_of(*command.role), command.settings->config.string());
    }
}

std::optional<Command> OperatorCommands::chosen(const std::set<std::string>& flags_given,
                                                const std::set<std::string>& worker_flags) const {
    if (commands_[0].app->parsed()) return rekey_;
    if (commands_[1].app->parsed()) return backup_;
    if (commands_[2].app->parsed()) return restore_;
    if (commands_[4].app->parsed()) return doctor_;
    if (!commands_[3].app->parsed()) return std::nullopt;
    const auto& from_file = commands_[3].from_file;
    for (const auto& flag : from_file) {
        if (check_.of == Role::worker && !worker_flags.contains(flag))
            throw CLI::ConfigError("'" + flag.substr(2) +
                                   "' in the configuration file is not a setting of a worker");
    }
    ConfigCheckSettings check = check_;
    std::vector<Setting> table;
    for (const auto& setting : commands_[3].table) {
        if (check.of == Role::serve || worker_flags.contains(setting.flag)) table.push_back(setting);
    }
    check.effective = effective_settings(table, {flags_given, from_file});
    return check;
}

}  // namespace mim::main
