// A SyncStore that tells the queue of each sync it was given, for a queue outside of the store. When the
// queue cannot be reached the sync is stored all the same, and the feeder brings it later. Thread-safe.
#pragma once

#include <memory>

#include "app/ports/job_queue.hpp"
#include "app/ports/sync_store.hpp"
#include "base/log.hpp"

namespace mim::queue {

// All three must outlive it.
[[nodiscard]] std::unique_ptr<app::SyncStore> create_offering_sync_store(app::SyncStore& store,
                                                                         app::JobQueue& queue, Logger& log);

}  // namespace mim::queue
