// The order of the operations of one collection: changes in place, builds, replacements, drops, registry.
// Creates come before drops except where MongoDB's rules forbid it, and where the limit of 64 leaves no room.
#pragma once

#include <vector>

#include "index/plan/operation.hpp"

namespace mim::index {

// Positions in `after_success_of` and `restores` count from the start of `operations`.
void append_operations(const PlanScope& scope, std::vector<Operation>& operations);

}  // namespace mim::index
