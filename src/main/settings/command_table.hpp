// Every command with its settings: what it takes, what it looks like in the help, what it comes to.
#pragma once

#include <deque>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "main/command_line.hpp"
#include "main/settings/environment_example.hpp"
#include "main/settings/known_variables.hpp"
#include "main/settings/setting_table.hpp"

namespace mim::main {

struct DescribedCommand {
    std::string name;  // with its group: "store copy"
    std::string help;
    std::vector<Setting> settings;
    std::set<std::string> told{};  // flags that its help shows; empty = all
    // Whether variables and a configuration file count as well.
    enum class Sources { flags, all } sources = Sources::flags;
    const std::filesystem::path* config =
        nullptr;  // where --config puts the file's name; null = no such flag
    // A word after the command may say whose settings it is about; for a worker these count.
    Role* of = nullptr;
    std::vector<Setting> settings_of_worker{};
    int exit_when_refused = 2;
    std::function<Command(const std::vector<EffectiveSetting>&)> outcome{};
};

// A word that stands before the names of some commands.
struct CommandGroup {
    std::string name;
    std::string help;
};

class CommandTable {
  public:
    CommandTable();
    CommandTable(const CommandTable&) = delete;
    CommandTable& operator=(const CommandTable&) = delete;

    [[nodiscard]] const std::deque<DescribedCommand>& commands() const { return commands_; }
    [[nodiscard]] const std::vector<CommandGroup>& groups() const { return groups_; }
    [[nodiscard]] const KnownVariables& variables() const { return variables_; }

  private:
    DescribedCommand& add(const std::string& name, const std::string& help, std::vector<Setting> settings);
    // With the settings of `mim serve`; `told` as in DescribedCommand, and the flags of `own`.
    DescribedCommand& add_on_service(const std::string& name, const std::string& help,
                                     ServeSettings& settings, const std::set<std::string>& told,
                                     const std::vector<Setting>& own = {});
    void add_services();
    void add_store_commands();
    void add_store_copy();
    void add_create_admin();
    void add_looking_commands();
    void add_healthcheck();
    void add_sandbox();
    void add_keygen();

    ServeSettings serve_;
    WorkerSettings worker_;
    SandboxSettings sandbox_;
    KeygenSettings keygen_;
    StoreCopySettings copy_;
    CreateAdminSettings admin_;
    StoreRekeySettings rekey_;
    StoreBackupSettings backup_;
    StoreRestoreSettings restore_;
    StoreCreateSettings create_;
    ConfigCheckSettings check_;
    DoctorSettings doctor_;
    HealthcheckSettings healthcheck_;
    std::deque<DescribedCommand> commands_;
    std::vector<CommandGroup> groups_;
    KnownVariables variables_;
};

[[nodiscard]] std::vector<std::string> names_of(const CommandTable& table);

}  // namespace mim::main
