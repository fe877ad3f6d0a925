// What currentOp and $currentOp tell. An index build shows as two operations, as on a real server: the
// client's command, and the server's own thread with message and progress.
#pragma once

#include <vector>

#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {

enum class Operations { active, idle_too };

// `asking` is shown as well, as the operation that asks.
[[nodiscard]] std::vector<bson::Document> running_operations(const Instance& instance, const Request& asking,
                                                             Operations wanted);

}  // namespace mim::sandbox::commands
