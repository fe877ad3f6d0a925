// A SyncProgressStore that also counts how the operations of syncs end.
#pragma once

#include "app/ports/sync_store.hpp"
#include "main/metrics/engine_metrics.hpp"

namespace mim::main {

// Thread-safe. Both must outlive it.
class CountingProgressStore final : public app::SyncProgressStore {
  public:
    CountingProgressStore(app::SyncProgressStore& store, EngineMetrics& metrics)
        : store_(store), metrics_(metrics) {}

    Result<app::Sync> claim(const SyncId& id, app::Fence fence, Timestamp now) override {
        return store_.claim(id, fence, now);
    }
    Result<std::vector<app::SyncRecord>> plan(const SyncId& id, app::Fence fence,
                                              const std::vector<app::SyncRecord>& records,
                                              Timestamp now) override {
        return store_.plan(id, fence, records, now);
    }
    Done record(const SyncId& id, app::Fence fence, const app::SyncRecord& record, Timestamp now) override;
    Result<app::SyncSignal> signal(const SyncId& id, app::Fence fence) override {
        return store_.signal(id, fence);
    }
    Result<int> count_takeover(const SyncId& id, app::Fence fence, int cost, Timestamp now) override {
        return store_.count_takeover(id, fence, cost, now);
    }
    Done finish(const SyncId& id, app::Fence fence, app::SyncStatus status, const std::string& error,
                Timestamp now) override {
        return store_.finish(id, fence, status, error, now);
    }

  private:
    app::SyncProgressStore& store_;
    EngineMetrics& metrics_;
};

}  // namespace mim::main
