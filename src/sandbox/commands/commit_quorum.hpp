// How many members must have built an index before it is ready: the argument `commitQuorum` of createIndexes.
#pragma once

#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {

// As the reply of a build repeats it; none on a standalone, which refuses to be asked for one.
[[nodiscard]] Answer<std::optional<bson::Value>> read_commit_quorum(const Instance& instance,
                                                                    const Request& request);

}  // namespace mim::sandbox::commands
