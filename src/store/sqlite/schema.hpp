// The migrations of our data file, oldest first.
#pragma once

#include <span>

#include "store/sqlite/migrations.hpp"

namespace mim::store {

[[nodiscard]] std::span<const Migration> migrations();

}  // namespace mim::store
