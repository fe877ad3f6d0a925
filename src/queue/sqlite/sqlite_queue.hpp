// The JobQueue on the SQLite file of the store, whose migrations make its table and whose `submit` fills it.
// Lease times are wall-clock times in the file, so that processes of one machine agree on them.
#pragma once

#include <memory>

#include "app/ports/dead_letters.hpp"
#include "base/clock.hpp"
#include "drivers/sqlite/connections.hpp"

namespace mim::queue {

struct SqliteQueueOptions {
    // How often a waiter looks for jobs that another process put in, or whose lease or delay ended.
    std::chrono::milliseconds poll_interval{250};
    int most_leases = 0;  // of all processes together; 0 = any number
};

// `clock` must outlive the queue. `complete` also succeeds when the store's `finish` under this very lease
// has taken the job out already. `interrupt` is for good: no later `wait` waits.
[[nodiscard]] std::unique_ptr<app::JobQueue> create_sqlite_queue(std::shared_ptr<sqlite::Connections> file,
                                                                 const Clock& clock,
                                                                 SqliteQueueOptions options = {});
// `clock` must outlive them.
[[nodiscard]] std::unique_ptr<app::DeadLetters> create_sqlite_dead_letters(
    std::shared_ptr<sqlite::Connections> file, const Clock& clock);

}  // namespace mim::queue
