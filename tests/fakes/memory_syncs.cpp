#include <algorithm>

#include "app/ports/database_store.hpp"
#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

Error lease_lost() {
    return {ErrorCode::lease_lost, "The lease is another's"};
}

bool is_final(app::RecordStatus status) {
    return status != app::RecordStatus::pending && status != app::RecordStatus::running;
}

std::int64_t points_of(const app::Sync& sync) {
    std::int64_t points = 0;
    for (const app::SyncRecord& record : sync.records)
        points += app::points_of(record.status, record.progress);
    return points;
}

void count(app::Sync& sync, Timestamp now) {
    const std::int64_t points = points_of(sync);
    sync.completed_tasks = 0;
    for (const app::SyncRecord& record : sync.records)
        sync.completed_tasks += is_final(record.status) ? 1 : 0;
    sync.total_tasks = static_cast<int>(sync.records.size());
    sync.progress = sync.total_tasks == 0 ? 0 : static_cast<int>(points / sync.total_tasks);
    sync.updated_at = now;
}

class MemorySyncs final : public app::SyncStore {
  public:
    explicit MemorySyncs(MemoryState& state) : state_(state) {}

    Done submit(const app::Sync& sync, const std::optional<app::Place>& seen) override {
        MIM_FAKE_CALL(state_, "syncs.submit");
        const auto database = state_.databases.find(sync.database);
        if (database == state_.databases.end()) return not_found();
        if (database->second.place != seen) return app::database_changed_meanwhile();
        if (const auto active = active_sync(state_, sync.database)) return app::sync_is_active(active);
        for (const auto& [id, other] : state_.databases) {
            if (!seen || !other.place || !is_shared(*seen, *other.place)) continue;
            if (const auto active = active_sync(state_, id)) return app::sync_is_active(active);
        }
        state_.syncs.insert_or_assign(sync.id, MemoryState::StoredSync{sync, false});
        MemoryJob job{.lease = {.sync = sync.id, .fence = 0, .attempt = 0, .worker = ""}};
        job.order = state_.next_order++;
        job.due = state_.clock.now();
        state_.jobs.insert_or_assign(sync.id, std::move(job));
        state_.job_may_be_due.notify_all();
        return {};
    }
    Result<app::Sync> get(const SyncId& id) override {
        MIM_FAKE_CALL(state_, "syncs.get");
        const auto found = state_.syncs.find(id);
        if (found == state_.syncs.end()) return not_found();
        return found->second.sync;
    }
    Result<app::Sync> without_records(const SyncId& id) override {
        MIM_TRY(sync, get(id));
        sync.records.clear();
        return sync;
    }
    Result<app::Page<app::Sync>> list(const DatabaseId& database, const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "syncs.list");
        std::vector<app::Sync> found;
        for (const auto& [id, stored] : state_.syncs) {
            if (stored.sync.database != database) continue;
            found.push_back(stored.sync);
            found.back().records.clear();
        }
        std::sort(found.begin(), found.end(), [](const app::Sync& left, const app::Sync& right) {
            return std::tie(left.created_at, left.id) > std::tie(right.created_at, right.id);
        });
        return page_of(found, page);
    }
    Result<std::int64_t> count_active() override {
        MIM_FAKE_CALL(state_, "syncs.count_active");
        return std::count_if(state_.syncs.begin(), state_.syncs.end(),
                             [](const auto& entry) { return !app::is_finished(entry.second.sync.status); });
    }
    Result<std::optional<SyncId>> active_of(const DatabaseId& database) override {
        MIM_FAKE_CALL(state_, "syncs.active_of");
        return active_sync(state_, database);
    }
    Done request_cancel(const SyncId& id, Timestamp now) override {
        MIM_FAKE_CALL(state_, "syncs.request_cancel");
        const auto found = state_.syncs.find(id);
        if (found == state_.syncs.end()) return not_found();
        app::Sync& sync = found->second.sync;
        if (app::is_finished(sync.status))
            return Error{ErrorCode::not_allowed_in_state, "The sync is finished"};
        found->second.cancel_requested = true;
        if (sync.status == app::SyncStatus::pending) {
            sync.status = app::SyncStatus::cancelled;
            sync.completed_at = sync.updated_at = now;
            state_.jobs.erase(id);
        }
        return {};
    }

  private:
    MemoryState& state_;
};

class MemoryProgress final : public app::SyncProgressStore {
  public:
    explicit MemoryProgress(MemoryState& state) : state_(state) {}

    Result<app::Sync> claim(const SyncId& id, app::Fence fence, Timestamp now) override {
        MIM_FAKE_CALL(state_, "progress.claim");
        MIM_TRY(stored, under(id, fence));
        app::Sync& sync = stored->sync;
        sync.fence = fence;
        sync.status = app::SyncStatus::running;
        if (!sync.started_at) sync.started_at = now;
        sync.updated_at = now;
        return sync;
    }
    Result<std::vector<app::SyncRecord>> plan(const SyncId& id, app::Fence fence,
                                              const std::vector<app::SyncRecord>& records,
                                              Timestamp now) override {
        MIM_FAKE_CALL(state_, "progress.plan");
        MIM_TRY(stored, under(id, fence));
        std::vector<app::SyncRecord>& all = stored->sync.records;
        std::erase_if(all, [](const app::SyncRecord& record) { return !is_final(record.status); });
        all.insert(all.end(), records.begin(), records.end());
        for (std::size_t at = 0; at < all.size(); ++at) all[at].position = static_cast<int>(at);
        count(stored->sync, now);
        return all;
    }
    Done record(const SyncId& id, app::Fence fence, const app::SyncRecord& record, Timestamp now) override {
        MIM_FAKE_CALL(state_, "progress.record");
        MIM_TRY(stored, under(id, fence));
        stored->sync.records.at(static_cast<std::size_t>(record.position)) = record;
        count(stored->sync, now);
        return {};
    }
    Result<app::SyncSignal> signal(const SyncId& id, app::Fence fence) override {
        MIM_FAKE_CALL(state_, "progress.signal");
        MIM_TRY(stored, under(id, fence));
        return stored->cancel_requested ? app::SyncSignal::cancel : app::SyncSignal::go_on;
    }
    Result<int> count_takeover(const SyncId& id, app::Fence fence, int cost, Timestamp now) override {
        MIM_FAKE_CALL(state_, "progress.count_takeover");
        MIM_TRY(stored, under(id, fence));
        const auto points = static_cast<int>(points_of(stored->sync));
        stored->vanished = cost + (points > stored->vanished_at_points ? 0 : stored->vanished);
        stored->vanished_at_points = points;
        stored->sync.updated_at = now;
        return stored->vanished;
    }
    Done finish(const SyncId& id, app::Fence fence, app::SyncStatus status, const std::string& error,
                Timestamp now) override {
        MIM_FAKE_CALL(state_, "progress.finish");
        MIM_TRY(stored, under(id, fence));
        app::Sync& sync = stored->sync;
        sync.status = status;
        sync.error = error;
        sync.completed_at = sync.updated_at = now;
        if (status == app::SyncStatus::completed) sync.progress = 100;
        return {};
    }

  private:
    Result<MemoryState::StoredSync*> under(const SyncId& id, app::Fence fence) {
        const auto found = state_.syncs.find(id);
        if (found == state_.syncs.end()) return not_found();
        const app::Sync& sync = found->second.sync;
        if (app::is_finished(sync.status) || sync.fence > fence) return lease_lost();
        return &found->second;
    }
    MemoryState& state_;
};

}  // namespace

std::unique_ptr<app::SyncStore> create_memory_syncs(MemoryState& state) {
    return std::make_unique<MemorySyncs>(state);
}
std::unique_ptr<app::SyncProgressStore> create_memory_progress(MemoryState& state) {
    return std::make_unique<MemoryProgress>(state);
}

}  // namespace mim::fakes
