// Flags, environment and configuration file into settings, by the rows of settings/command_table.hpp.
#pragma once

#include <variant>

#include "main/settings.hpp"

namespace mim::main {

// What the user asked for; `Exit` when the question is answered already (--help, --version, an error
// printed).
struct Exit {
    int code = 0;
};
// `mim --version`, `mim config example`.
struct VersionQuestion {};
struct ConfigExample {
    std::string text;
};
using Command = std::variant<ServeSettings, WorkerSettings, SandboxSettings, KeygenSettings,
                             StoreCopySettings, CreateAdminSettings, StoreRekeySettings, StoreBackupSettings,
                             StoreRestoreSettings, StoreCreateSettings, ConfigCheckSettings, DoctorSettings,
                             HealthcheckSettings, VersionQuestion, ConfigExample, Exit>;

// Prints help and errors itself. An unknown command, flag, key or MIM_ variable, or a bad value, is an error
// in one line that names it, and where it was set.
[[nodiscard]] Command parse_command_line(int count, char** arguments, char** environment);

}  // namespace mim::main
