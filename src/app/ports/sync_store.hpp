// Syncs and their records. Blocking; thread-safe. Errors: store_failed, or not_ready when it
// cannot be reached, everywhere; else as said.
// At most one sync of a database is pending or running: a constraint of the store.
#pragma once

#include "app/model/page.hpp"
#include "app/model/place.hpp"
#include "app/model/sync.hpp"
#include "base/result.hpp"

namespace mim::app {

class SyncStore {
  public:
    virtual ~SyncStore() = default;
    // Stores the sync as pending and its job, in one go. `seen` is the place of its database as it was read:
    // not_allowed_in_state when it was led to another since. sync_active: of this database, or of one that
    // leads to the same place by now; of several that are submitted at once for one place exactly one is
    // taken. not_found: no such database.
    virtual Done submit(const Sync& sync, const std::optional<Place>& seen) = 0;
    virtual Result<Sync> get(const SyncId& id) = 0;              // with records; not_found
    virtual Result<Sync> without_records(const SyncId& id) = 0;  // there may be thousands; not_found
    virtual Result<Page<Sync>> list(const DatabaseId& database,
                                    const PageRequest& page) = 0;  // newest first, no records
    virtual Result<std::optional<SyncId>> active_of(const DatabaseId& database) = 0;
    virtual Result<std::int64_t> count_active() = 0;  // of all databases
    // Ends a pending sync as cancelled at once; asks a running one to stop. not_found; not_allowed_in_state:
    // finished.
    virtual Done request_cancel(const SyncId& id, Timestamp now) = 0;
};

enum class SyncSignal { go_on, cancel };

// What a worker writes while it holds the lease. Every call is refused with lease_lost when the sync has been
// claimed with a greater fence or is finished: the worker must then stop and write nothing more.
class SyncProgressStore {
  public:
    virtual ~SyncProgressStore() = default;
    // pending or running (a takeover) → running under this fence. started_at is set once. With its records.
    virtual Result<Sync> claim(const SyncId& id, Fence fence, Timestamp now) = 0;
    // Replaces the records that are not yet in a final state by these; final ones of an earlier worker stay,
    // first. `records` come with positions from 0; the store renumbers. Returns all records as stored.
    virtual Result<std::vector<SyncRecord>> plan(const SyncId& id, Fence fence,
                                                 const std::vector<SyncRecord>& records, Timestamp now) = 0;
    // Writes one record (by position) and updates the sync's progress and completed_tasks.
    virtual Done record(const SyncId& id, Fence fence, const SyncRecord& record, Timestamp now) = 0;
    virtual Result<SyncSignal> signal(const SyncId& id, Fence fence) = 0;
    // One more worker took the sync over, which counts for `cost`. What all did together since it last got
    // further, by this one.
    virtual Result<int> count_takeover(const SyncId& id, Fence fence, int cost, Timestamp now) = 0;
    virtual Done finish(const SyncId& id, Fence fence, SyncStatus status, const std::string& error,
                        Timestamp now) = 0;
};

}  // namespace mim::app
