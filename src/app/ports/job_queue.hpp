// Jobs waiting for a worker: one per sync, put there by SyncStore::submit or by `offer`. A job holds ids
// only, never a URI. At least once: a job whose worker vanishes is leased again when its lease ends.
// Blocking; thread-safe. Errors: store_failed or not_ready when the queue cannot be reached, else as said.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/model/sync.hpp"
#include "base/result.hpp"

namespace mim::app {

struct Lease {
    SyncId sync;
    Fence fence = 0;  // greater than that of every earlier lease of this job, and than any the store has seen
    int attempt = 1;  // how many times this job was leased, this one included
    std::string worker;
    // How the lease before this one ended: `vanished` without a word, when its time was up.
    enum class Earlier { settled, vanished } earlier = Earlier::settled;
};

struct QueueFigures {
    std::int64_t waiting = 0;  // not leased, or the lease has ended
    std::int64_t leased = 0;
    std::optional<Timestamp> oldest_waiting;
    std::int64_t delayed = 0;  // of the waiting ones: not due yet
    std::int64_t dead_letters = 0;
};

class JobQueue {
  public:
    virtual ~JobQueue() = default;
    // For a queue outside of the store, which may lose its data: makes jobs of those syncs that have none; a
    // job that is there stays as it is. A queue inside of the store has nothing to do.
    virtual Done offer(const std::vector<SyncId>& /*syncs*/) { return {}; }
    // The oldest job that is due, now leased to `worker`; none when nothing is due.
    virtual Result<std::optional<Lease>> lease(const std::string& worker,
                                               std::chrono::milliseconds lease_time) = 0;
    virtual Done extend(const Lease& lease, std::chrono::milliseconds lease_time) = 0;  // lease_lost
    virtual Done complete(const Lease& lease) = 0;                                      // lease_lost
    // Due again after `delay`, as after a passing failure. Without a delay it is the orderly return of a
    // shutdown: due at once, and that lease does not count as an attempt.
    virtual Done hand_back(const Lease& lease, std::chrono::milliseconds delay) = 0;  // lease_lost
    // Due again after `delay`, because its turn has not come: this lease does not count as an attempt either.
    virtual Done postpone(const Lease& lease, std::chrono::milliseconds delay) = 0;  // lease_lost
    // Returns when a job may be due, `interrupt` was called, or after `at_most`.
    virtual void wait(std::chrono::milliseconds at_most) = 0;
    virtual void interrupt() = 0;  // wakes every waiter, for shutdown
    virtual Result<QueueFigures> figures() = 0;
};

}  // namespace mim::app
