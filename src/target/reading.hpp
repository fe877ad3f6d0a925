// Reads many collections at once.
#pragma once

#include <vector>

#include "app/ports/target.hpp"
#include "target/connection.hpp"
#include "target/targets.hpp"
#include "target/workers.hpp"

namespace mim::target {

// As Target::read. Many collections are read by one $listCatalog where the server knows and allows it; what
// that does not tell exactly, and everything where it does not, is listed one by one, on several connections
// at once: both ways give the same. A refusal about one collection (rights, a lock, the server's own time
// limit) becomes its `unreadable`; when the target itself is lost the whole read fails with that error.
[[nodiscard]] Result<std::vector<index::LiveCollection>> read_collections(const Place& place,
                                                                          Workers& workers,
                                                                          const TargetSettings& settings,
                                                                          const app::ReadRequest& request,
                                                                          Deadline deadline);

}  // namespace mim::target
