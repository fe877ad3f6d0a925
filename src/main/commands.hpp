// The commands of the binary, one file each. Each returns the exit code of the process.
#pragma once

#include <string>

#include "base/error.hpp"
#include "main/settings.hpp"

namespace mim::main {

// Until SIGTERM or SIGINT; then 0 when everything ended within the grace period.
[[nodiscard]] int serve(const ServeSettings& settings);
// Runs jobs without HTTP; ends like `serve`.
[[nodiscard]] int work(const WorkerSettings& settings);
[[nodiscard]] int run_sandbox(const SandboxSettings& settings);
// Everything from one store to another; 0 when both hold the same in the end.
[[nodiscard]] int copy_store(const StoreCopySettings& settings);
// A further account that administers, whatever the policy is: for the first one, and for when nobody can log
// in.
[[nodiscard]] int create_admin(const CreateAdminSettings& settings);
// Seals every connection string with the current key; 1 when some could not be read.
[[nodiscard]] int rekey_store(const StoreRekeySettings& settings);
[[nodiscard]] int backup_store(const StoreBackupSettings& settings);
// An empty embedded store where there is none: for who has lost one and begins anew.
[[nodiscard]] int create_store(const StoreCreateSettings& settings);
[[nodiscard]] int restore_store(const StoreRestoreSettings& settings);
// Prints the settings in force; 1 when one of them cannot work.
[[nodiscard]] int check_config(const ConfigCheckSettings& settings);
// Prints a finding a line; 1 when one of them is a failure.
[[nodiscard]] int doctor(const DoctorSettings& settings);
// Asks the server that the settings describe; 0 when it says that it is healthy, else 1.
[[nodiscard]] int check_health(const HealthcheckSettings& settings);
// The version of mim in the first line, then a library a line.
[[nodiscard]] int show_versions();
[[nodiscard]] int keygen(const KeygenSettings& settings);

// One line for the terminal: the message, or each bad field with its reason.
[[nodiscard]] std::string explain(const Error& error);

}  // namespace mim::main
