// Reads many collections at once.
#pragma once

#include <vector>

#include "app/ports/target.hpp"
#include "target/connection.hpp"

namespace mim::target {

// As Target::read, with `width` connections at most. A refusal about one collection (rights, a lock, the
// server's own time limit) becomes its `unreadable`; when the target itself is lost the whole read fails with
// that error.
[[nodiscard]] Result<std::vector<index::LiveCollection>> read_collections(const Place& place,
                                                                          Workers& workers, std::size_t width,
                                                                          const app::ReadRequest& request,
                                                                          Deadline deadline);

}  // namespace mim::target
