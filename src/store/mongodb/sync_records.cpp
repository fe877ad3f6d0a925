#include "store/mongodb/sync_records.hpp"

#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store::mongodb {
namespace {

constexpr int tries_to_read = 10;

bson::Document in_plan(const SyncId& id, const PlanId& plan) {
    return fields("sync", id, "plan", plan);
}

bson::Document up_to(app::Fence fence) {
    return fields("$lte", fence);
}

}  // namespace

Result<std::vector<app::SyncRecord>> records_of(Link& link, const SyncId& id, const PlanId& plan) {
    return read_all<app::SyncRecord>(
        link, names::sync_records, {.filter = in_plan(id, plan), .sort = fields("position", 1)}, read_record);
}

Result<std::optional<SyncId>> active_sync_of(Link& link, const DatabaseId& database) {
    MIM_TRY(found,
            link.find_one(names::syncs, fields("database", database, "active", true), fields("_id", 1)));
    if (!found) return std::optional<SyncId>();
    Reader reader(*found);
    auto id = reader.id<SyncId>("_id");
    MIM_CHECK(reader.whole("a sync"));
    return std::optional(std::move(id));
}

Result<StoredSync> sync_without_records(Link& link, const SyncId& id) {
    MIM_TRY(found, link.find_one(names::syncs, fields("_id", id)));
    if (!found) return Error(ErrorCode::not_found, "Sync not found");
    return read_stored_sync(*found);
}

Result<app::Sync> sync_with_records(Link& link, const SyncId& id) {
    for (int attempt = 1;; ++attempt) {
        MIM_TRY(stored, sync_without_records(link, id));
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
    const auto older = fields("sync", id, "plan", plan, "fence", up_to(fence));
    MIM_CHECK(link.update(names::sync_records, older, setting("fence", fence), Several::all));
    return {};
}

Done insert_records(Link& link, const RecordPlace& place, const std::vector<app::SyncRecord>& records) {
    std::vector<bson::Document> all;
    all.reserve(records.size());
    for (const auto& record : records) all.push_back(record_document(place, record));
    return link.insert(names::sync_records, all);
}

Done forget_plan(Link& link, const RecordPlace& place) {
    MIM_CHECK(link.remove(names::sync_records, in_plan(place.sync, place.plan), Several::all));
    return {};
}

Done forget_older_plans(Link& link, const RecordPlace& place) {
    const auto older =
        fields("sync", place.sync, "plan", fields("$ne", place.plan), "fence", up_to(place.fence));
    MIM_CHECK(link.remove(names::sync_records, older, Several::all));
    return {};
}

Tally tally_of(const std::vector<app::SyncRecord>& records) {
    Tally tally;
    for (const auto& record : records) {
        tally.total += 1;
        tally.completed += is_final(record.status) ? 1 : 0;
        tally.points += app::points_of(record.status, record.progress);
    }
    return tally;
}

}  // namespace mim::store::mongodb
