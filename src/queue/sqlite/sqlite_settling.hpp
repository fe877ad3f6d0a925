// Taking a job out of the SQLite file for good, on the connection of an open write.
#pragma once

#include "app/ports/job_queue.hpp"
#include "drivers/sqlite/connections.hpp"

namespace mim::queue {

[[nodiscard]] Error lease_has_ended();
// Also when the store's `finish` under this very lease has taken the job out already. lease_lost.
[[nodiscard]] Done take_job_out(sqlite::Connection& connection, const app::Lease& lease);

}  // namespace mim::queue
