// Jobs that were given up after too many attempts, for people to look at. Their syncs have failed, as the
// store says; a letter only remembers it. Blocking; thread-safe. Errors as of JobQueue.
#pragma once

#include "app/model/page.hpp"
#include "app/ports/job_queue.hpp"

namespace mim::app {

struct DeadLetter {
    SyncId sync;
    int attempts = 0;
    std::string reason;
    Timestamp buried_at{};
};

class DeadLetters {
  public:
    virtual ~DeadLetters() = default;
    // Instead of JobQueue::complete. lease_lost.
    virtual Done bury(const Lease& lease, const std::string& reason) = 0;
    virtual Result<Page<DeadLetter>> list(const PageRequest& page) = 0;  // newest first; no query
    virtual Result<DeadLetter> get(const SyncId& sync) = 0;              // not_found
    virtual Done remove(const SyncId& sync) = 0;                         // also when there is none
    virtual Done clear() = 0;
};

}  // namespace mim::app
