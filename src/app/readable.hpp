// An answer about indexes is whole or none: one unreadable collection is an error that names it.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "index/definition/live_index.hpp"

namespace mim::app {

[[nodiscard]] Done check_readable(const std::vector<index::LiveCollection>& collections);

}  // namespace mim::app
