#include "store/mongodb/sync_records.hpp"

#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store::mongodb {
namespace {

constexpr int tries_to_read = 10;

bson::Document in_plan(const SyncId& id, const PlanId& plan) {
    return fields("sync", id, "plan", plan);
}

}  // namespace

Result<std::vector<app::SyncRecord>> records_of(Link& link, const SyncId& id, const PlanId& plan) {
    return read_all<app::SyncRecord>(
        link, names::sync_records, {.filter = in_plan(id, plan), .sort = fields("position", 1)}, read_record);
}

Result<app::Sync> sync_with_records(Link& link, const SyncId& id) {
    for (int attempt = 1;; ++attempt) {
        MIM_TRY(found, link.find_one(names::syncs, fields("_id", id)));
        if (!found) return Error(ErrorCode::not_found, "Sync not found");
        MIM_TRY(stored, read_stored_sync(*found));
        MIM_TRY(records, records_of(link, id, stored.plan));
        // Fewer: a worker exchanged the plan between the two reads.
        const bool whole = records.size() == static_cast<std::size_t>(stored.sync.total_tasks);
        if (!whole && attempt < tries_to_read) continue;
        if (!whole) return Error(ErrorCode::store_failed, "records of a sync are missing in the store");
        stored.sync.records = std::move(records);
        return std::move(stored.sync);
    }
}

Done seal_records(Link& link, const SyncId& id, const PlanId& plan, app::Fence fence) {
    MIM_CHECK(link.update(names::sync_records, in_plan(id, plan), setting("fence", fence), Several::all));
    return {};
}

Done insert_records(Link& link, const RecordPlace& place, const std::vector<app::SyncRecord>& records) {
    std::vector<bson::Document> all;
    all.reserve(records.size());
    for (const auto& record : records) all.push_back(record_document(place, record));
    return link.insert(names::sync_records, all);
}

Done forget_other_plans(Link& link, const SyncId& id, const PlanId& plan) {
    const auto others = fields("sync", id, "plan", fields("$ne", plan));
    MIM_CHECK(link.remove(names::sync_records, others, Several::all));
    return {};
}

Tally tally_of(const std::vector<app::SyncRecord>& records) {
    Tally tally;
    for (const auto& record : records) {
        tally.total += 1;
        tally.completed += is_final(record.status) ? 1 : 0;
        tally.points += points(record.status, record.progress);
    }
    return tally;
}

}  // namespace mim::store::mongodb
