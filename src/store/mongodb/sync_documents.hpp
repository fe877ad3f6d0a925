// One sync, and one record of it, to its document and back.
//
// The records of a sync are documents of their own: thousands of them in the sync's document would pass its
// 16 MiB. Each belongs to a plan; the sync's `plan` names the one that counts, so that exchanging all records
// is one write to one document. Each carries the fence of the worker that may write it.
#pragma once

#include "app/model/sync.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {

using PlanId = Id<struct PlanTag>;

[[nodiscard]] constexpr bool is_final(app::RecordStatus status) {
    return status != app::RecordStatus::pending && status != app::RecordStatus::running;
}
struct RecordPlace {
    SyncId sync;
    DatabaseId database;
    PlanId plan;
    app::Fence fence = 0;
};

// A sync with what only the store knows of it.
struct StoredSync {
    app::Sync sync;  // without records
    PlanId plan;
    bool cancel_requested = false;
};

[[nodiscard]] Result<StoredSync> read_stored_sync(bson::DocumentView document);
[[nodiscard]] Result<app::Sync> read_sync(bson::DocumentView document);  // without records
[[nodiscard]] bson::Document new_sync_document(const app::Sync& sync, const PlanId& plan);
// As it stands, with the `points` of its records.
[[nodiscard]] bson::Document whole_sync_document(const StoredSync& stored, std::int64_t points);

[[nodiscard]] Result<app::SyncRecord> read_record(bson::DocumentView document);
[[nodiscard]] bson::Document record_document(const RecordPlace& place, const app::SyncRecord& record);
// The same as a change of the record that stands at that place.
[[nodiscard]] bson::Document record_change(const app::SyncRecord& record);

}  // namespace mim::store::mongodb
