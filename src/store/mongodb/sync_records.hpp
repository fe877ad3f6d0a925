// The records of one sync, and who may write them.
#pragma once

#include <vector>

#include "store/mongodb/link.hpp"
#include "store/mongodb/sync_documents.hpp"

namespace mim::store::mongodb {

// The one of the database that is pending or running.
[[nodiscard]] Result<std::optional<SyncId>> active_sync_of(Link& link, const DatabaseId& database);
// A sync as it stands, without its records; not_found.
[[nodiscard]] Result<StoredSync> sync_without_records(Link& link, const SyncId& id);
// With the records of its plan; not_found.
[[nodiscard]] Result<app::Sync> sync_with_records(Link& link, const SyncId& id);
[[nodiscard]] Result<std::vector<app::SyncRecord>> records_of(Link& link, const SyncId& id,
                                                              const PlanId& plan);

// From its return on, records of the plan are written under `fence` or a greater one only: a worker with an
// older one, wherever it was stopped, changes nothing any more.
Done seal_records(Link& link, const SyncId& id, const PlanId& plan, app::Fence fence);
Done insert_records(Link& link, const RecordPlace& place, const std::vector<app::SyncRecord>& records);
// A plan that never counted.
Done forget_plan(Link& link, const RecordPlace& place);
// Records of plans that no longer count, or never did. Plans of greater fences stay: a worker that was
// stopped just before this call may make it after another one has taken over and made its own plan.
Done forget_older_plans(Link& link, const RecordPlace& place);

// What the sync's document keeps of all its records, for lists.
struct Tally {
    std::int64_t total = 0;
    std::int64_t completed = 0;  // in a final state
    std::int64_t points = 0;
};
[[nodiscard]] Tally tally_of(const std::vector<app::SyncRecord>& records);

}  // namespace mim::store::mongodb
