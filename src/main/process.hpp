// What the long-running commands do alike at their begin and end.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "base/log.hpp"
#include "base/result.hpp"
#include "main/settings.hpp"

namespace mim::main {

// For the connections to targets, once all work has ended.
inline constexpr std::chrono::milliseconds closing_grace{1'000};

// Nobody else may read what the process writes; its log is as the settings say.
[[nodiscard]] std::unique_ptr<Logger> begin_process(const ServeSettings& settings);
[[nodiscard]] Done make_data_folder(const std::filesystem::path& folder);
// As many files and sockets as the system allows this process; warns when a server of so many connections may
// run out of them.
void raise_open_files_limit(std::size_t connections, Logger& log);
// Prints the error in one line; the exit code.
[[nodiscard]] int fail(const Error& error);

}  // namespace mim::main
