// The commands for whoever runs the service: `store rekey`, `store backup`, `store restore`, `config check`,
// `config example`, `doctor`. They take the settings of `mim serve`, as flags, variables and configuration
// file.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "main/command_line.hpp"
#include "main/settings/effective_settings.hpp"
#include "main/settings/setting_table.hpp"

namespace mim::main {

class OperatorCommands {
  public:
    // Adds the settings of `mim serve` to a command and tells which they are.
    using Describe = std::function<std::vector<Setting>(CLI::App&, ServeSettings&)>;
    // All must outlive this.
    OperatorCommands(CLI::App& app, CLI::App& store, const Describe& describe);
    OperatorCommands(const OperatorCommands&) = delete;
    OperatorCommands& operator=(const OperatorCommands&) = delete;

    // After the parse: takes what the configuration file says. Throws as apply_config_file.
    void apply_files();
    // The one that was asked for, if any. `worker_flags`: those that `mim worker` knows; throws
    // CLI::ConfigError when the file sets another for it.
    [[nodiscard]] std::optional<Command> chosen(const std::set<std::string>& flags_given,
                                                const std::set<std::string>& worker_flags) const;
    [[nodiscard]] bool example_wanted() const { return example_->parsed(); }

  private:
    struct Configured {
        CLI::App* app;
        ServeSettings* settings;
        const Role* role;
        std::vector<Setting> table;
        std::set<std::string> from_file;
    };
    CLI::App* add(CLI::App& parent, const char* name, const char* help, ServeSettings& settings,
                  const Role& role, const Describe& describe);
    void add_store_commands(CLI::App& store, const Describe& describe);
    void add_role_commands(CLI::App& app, const Describe& describe);

    StoreRekeySettings rekey_;
    StoreBackupSettings backup_;
    StoreRestoreSettings restore_;
    ConfigCheckSettings check_;
    DoctorSettings doctor_;
    const Role serve_ = Role::serve;
    CLI::App* example_ = nullptr;
    std::deque<Configured> commands_;  // in the order: rekey, backup, restore, check, doctor
};

}  // namespace mim::main
