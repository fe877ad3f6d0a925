// Looks for duplicates before a unique index is built. Blocking, as the target is.
#pragma once

#include <optional>
#include <vector>

#include "app/ports/target.hpp"

namespace mim::app {

// Never fails: what could not be found out is not_checked, with the reason. `operation` becomes_unique.
[[nodiscard]] index::DuplicateReport look_for_duplicates(Target& target, const index::Operation& operation,
                                                         Deadline deadline);

// One for each operation, in order; none where nothing becomes unique. All together within the deadline.
[[nodiscard]] std::vector<std::optional<index::DuplicateReport>> check_duplicates(Target& target,
                                                                                  const index::Plan& plan,
                                                                                  Deadline deadline);

// The failure of an operation whose collection holds duplicates: MongoDB's own code, before it could say so.
// Holds no values, so that it can be logged.
[[nodiscard]] Error duplicates_found(const index::DuplicateReport& report);

}  // namespace mim::app
