#include "app/ports/sync_store.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/sync_records.hpp"

namespace mim::store {
namespace mongodb {
namespace {

using app::SyncStatus;

Error sync_lost() {
    return {ErrorCode::lease_lost, "Another worker has taken over this sync, or it has ended"};
}

bson::Document under_fence(const SyncId& id, app::Fence fence) {
    return fields("_id", id, "fence", fence, "status", app::to_string(SyncStatus::running));
}

// The final records of earlier workers, then `planned`; positions from 0 again.
std::vector<app::SyncRecord> joined(std::vector<app::SyncRecord> stored,
                                    const std::vector<app::SyncRecord>& planned) {
    std::erase_if(stored, [](const app::SyncRecord& record) { return !is_final(record.status); });
    stored.insert(stored.end(), planned.begin(), planned.end());
    int position = 0;
    for (auto& record : stored) record.position = position++;
    return stored;
}

class MongoSyncProgressStore final : public app::SyncProgressStore {
  public:
    explicit MongoSyncProgressStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    // First the sync, then its records: what an older worker wrote before they were sealed is read here, and
    // afterwards it writes nothing.
    Result<app::Sync> claim(const SyncId& id, app::Fence fence, Timestamp now) override {
        MIM_TRY(first, try_claim(id, fence, now, fields("$exists", false)));
        auto claimed = std::move(first);
        if (!claimed) {
            MIM_TRY(again, try_claim(id, fence, now, fields("$exists", true)));
            if (!again) return sync_lost();
            claimed = std::move(again);
        }
        MIM_TRY(stored, read_stored_sync(*claimed));
        MIM_CHECK(seal_records(*link_, id, stored.plan, fence));
        MIM_TRY(records, records_of(*link_, id, stored.plan));
        stored.sync.records = std::move(records);
        return std::move(stored.sync);
    }

    // The new records are written beside the old ones; one write to the sync makes them count.
    Result<std::vector<app::SyncRecord>> plan(const SyncId& id, app::Fence fence,
                                              const std::vector<app::SyncRecord>& records,
                                              Timestamp now) override {
        MIM_TRY(stored, ours(id, fence));
        MIM_TRY(before, records_of(*link_, id, stored.plan));
        const auto all = joined(std::move(before), records);
        const RecordPlace place{id, stored.sync.database, PlanId::generate(), fence};
        MIM_CHECK(insert_records(*link_, place, all));
        const Tally tally = tally_of(all);
        MIM_TRY(exchanged,
                link_->update(names::syncs, under_fence(id, fence),
                              setting("plan", place.plan, "total_tasks", tally.total, "completed_tasks",
                                      tally.completed, "points", tally.points, "updated_at", now)));
        if (exchanged == 0) {
            MIM_CHECK(forget_plan(*link_, place));
            return sync_lost();
        }
        MIM_CHECK(forget_older_plans(*link_, place));
        return all;
    }

    // Two writes, each with the fence as its condition: the record, then the difference it makes to the sum.
    // A sum that lacks one, because the worker died between the two, is made right by the next plan or the
    // end.
    Done record(const SyncId& id, app::Fence fence, const app::SyncRecord& record, Timestamp now) override {
        MIM_TRY(stored, ours(id, fence));
        const auto place =
            fields("sync", id, "plan", stored.plan, "position", record.position, "fence", fence);
        MIM_TRY(before,
                link_->find_and_modify(names::sync_records, place, record_change(record), Answer::before));
        if (!before) return why_no_record(id, fence, record.position);
        MIM_TRY(old, read_record(*before));
        const int completed = (is_final(record.status) ? 1 : 0) - (is_final(old.status) ? 1 : 0);
        const auto gained =
            app::points_of(record.status, record.progress) - app::points_of(old.status, old.progress);
        MIM_TRY(counted, link_->update(names::syncs, under_fence(id, fence),
                                       fields("$inc", fields("completed_tasks", completed, "points", gained),
                                              "$set", fields("updated_at", now))));
        if (counted == 0) return sync_lost();
        return {};
    }

    Result<app::SyncSignal> signal(const SyncId& id, app::Fence fence) override {
        MIM_TRY(stored, ours(id, fence));
        return stored.cancel_requested ? app::SyncSignal::cancel : app::SyncSignal::go_on;
    }

    // Read, then written: under one fence there is one worker. The fields have their names from when only
    // workers that vanished were counted.
    Result<int> count_takeover(const SyncId& id, app::Fence fence, int cost, Timestamp now) override {
        MIM_TRY(found, link_->find_one(names::syncs, under_fence(id, fence)));
        if (!found) return sync_lost();
        Reader reader(*found);
        const std::int64_t points = reader.integer("points");
        const bool first = !reader.present("vanished");
        const std::int64_t before = first ? 0 : reader.integer("vanished");
        const bool got_further = !first && points > reader.integer("vanished_at_points");
        MIM_CHECK(reader.whole("a sync"));
        const std::int64_t count = cost + (got_further ? 0 : before);
        MIM_TRY(noted,
                link_->update(names::syncs, under_fence(id, fence),
                              setting("vanished", count, "vanished_at_points", points, "updated_at", now)));
        if (noted == 0) return sync_lost();
        return static_cast<int>(count);
    }

    Done finish(const SyncId& id, app::Fence fence, SyncStatus status, const std::string& error,
                Timestamp now) override {
        MIM_TRY(stored, ours(id, fence));
        MIM_TRY(records, records_of(*link_, id, stored.plan));
        const Tally tally = tally_of(records);
        const auto end =
            fields("status", app::to_string(status), "error", error, "completed_at", now, "updated_at", now,
                   "completed_tasks", tally.completed, "points", tally.points);
        MIM_TRY(finished, link_->update(names::syncs, under_fence(id, fence),
                                        fields("$set", end, "$unset", fields("active", true))));
        if (finished == 0) return sync_lost();
        return {};
    }

  private:
    // `started`: the condition on started_at, which is set once.
    Result<std::optional<bson::Document>> try_claim(const SyncId& id, app::Fence fence, Timestamp now,
                                                    const bson::Document& started) {
        const auto filter =
            fields("_id", id, "active", true, "fence", fields("$lte", fence), "started_at", started);
        bson::Builder change;
        put_all(change, "status", app::to_string(SyncStatus::running), "fence", fence, "updated_at", now);
        const bool first = !started.find("$exists")->truthy();
        if (first) put(change, "started_at", now);
        return link_->find_and_modify(names::syncs, filter, fields("$set", change.take()), Answer::after);
    }

    // lease_lost unless the sync runs under this very fence.
    Result<StoredSync> ours(const SyncId& id, app::Fence fence) {
        MIM_TRY(found, link_->find_one(names::syncs, under_fence(id, fence)));
        if (!found) return sync_lost();
        return read_stored_sync(*found);
    }

    Done why_no_record(const SyncId& id, app::Fence fence, int position) {
        MIM_CHECK(ours(id, fence));
        return Error(ErrorCode::store_failed, "the sync has no record " + std::to_string(position));
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::SyncProgressStore> create_mongodb_sync_progress_store(
    std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoSyncProgressStore>(std::move(link));
}

}  // namespace mim::store
