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
[[nodiscard]] int keygen(const KeygenSettings& settings);

// One line for the terminal: the message, or each bad field with its reason.
[[nodiscard]] std::string explain(const Error& error);

}  // namespace mim::main
