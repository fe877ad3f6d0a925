// Tells the processes on one embedded store of each other: whoever works on it shares the lock, whoever
// replaces its file has it alone.
#pragma once

#include "drivers/files/file_lock.hpp"
#include "main/settings.hpp"

namespace mim::main {

// store_failed, one line: another process has it otherwise.
[[nodiscard]] Result<drivers::files::FileLock> lock_embedded_store(const ServeSettings& settings,
                                                                   drivers::files::Sharing sharing);

}  // namespace mim::main
