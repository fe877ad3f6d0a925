// Flags, environment and configuration file into settings. What knows CLI11 is listed in
// settings/setting_table.hpp.
#pragma once

#include <variant>

#include "main/settings.hpp"

namespace mim::main {

// What the user asked for; `Exit` when the question is answered already (--help, --version, an error
// printed).
struct Exit {
    int code = 0;
};
using Command = std::variant<ServeSettings, WorkerSettings, SandboxSettings, KeygenSettings,
                             StoreCopySettings, CreateAdminSettings, StoreRekeySettings, StoreBackupSettings,
                             StoreRestoreSettings, ConfigCheckSettings, DoctorSettings, Exit>;

// Prints help, version and errors itself. An unknown flag, key or MIM_ variable, or a bad value, is an error
// that names it.
[[nodiscard]] Command parse_command_line(int count, char** arguments, char** environment);

}  // namespace mim::main
