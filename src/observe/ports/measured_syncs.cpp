#include "observe/ports/measured.hpp"

namespace mim::observe {
namespace {

using trace::System;

// None outside of a trace, where nobody would follow it.
std::optional<trace::Link> first_run(const SyncId& sync) {
    if (trace::current() == nullptr) return std::nullopt;
    return trace::Link{trace::trace_of(sync), trace::run_of(sync, 1)};
}

class MeasuredSyncs final : public app::SyncStore {
  public:
    MeasuredSyncs(std::unique_ptr<app::SyncStore> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Done submit(const app::Sync& sync, const std::optional<app::Place>& seen) override {
        return calls_.measure({System::store, "syncs.submit"}, first_run(sync.id),
                              [&] { return port_->submit(sync, seen); });
    }
    Result<app::Sync> get(const SyncId& id) override {
        return calls_.measure({System::store, "syncs.get"}, [&] { return port_->get(id); });
    }
    Result<app::Sync> without_records(const SyncId& id) override {
        return calls_.measure({System::store, "syncs.without_records"},
                              [&] { return port_->without_records(id); });
    }
    Result<app::Page<app::Sync>> list(const DatabaseId& database, const app::PageRequest& page) override {
        return calls_.measure({System::store, "syncs.list"}, [&] { return port_->list(database, page); });
    }
    Result<std::optional<SyncId>> active_of(const DatabaseId& database) override {
        return calls_.measure({System::store, "syncs.active_of"}, [&] { return port_->active_of(database); });
    }
    Result<std::int64_t> count_active() override {
        return calls_.measure({System::store, "syncs.count_active"}, [&] { return port_->count_active(); });
    }
    Done request_cancel(const SyncId& id, Timestamp now) override {
        return calls_.measure({System::store, "syncs.request_cancel"},
                              [&] { return port_->request_cancel(id, now); });
    }

  private:
    std::unique_ptr<app::SyncStore> port_;
    Calls calls_;
};

class MeasuredProgress final : public app::SyncProgressStore {
  public:
    MeasuredProgress(std::unique_ptr<app::SyncProgressStore> port, Calls calls)
        : port_(std::move(port)), calls_(calls) {}

    Result<app::Sync> claim(const SyncId& id, app::Fence fence, Timestamp now) override {
        return calls_.measure({System::store, "progress.claim"},
                              [&] { return port_->claim(id, fence, now); });
    }
    Result<std::vector<app::SyncRecord>> plan(const SyncId& id, app::Fence fence,
                                              const std::vector<app::SyncRecord>& records,
                                              Timestamp now) override {
        return calls_.measure({System::store, "progress.plan"},
                              [&] { return port_->plan(id, fence, records, now); });
    }
    Done record(const SyncId& id, app::Fence fence, const app::SyncRecord& record, Timestamp now) override {
        return calls_.measure({System::store, "progress.record"},
                              [&] { return port_->record(id, fence, record, now); });
    }
    Result<int> count_takeover(const SyncId& id, app::Fence fence, int cost, Timestamp now) override {
        return calls_.measure({System::store, "progress.count_takeover"},
                              [&] { return port_->count_takeover(id, fence, cost, now); });
    }
    Result<app::SyncSignal> signal(const SyncId& id, app::Fence fence) override {
        return calls_.measure({System::store, "progress.signal"}, [&] { return port_->signal(id, fence); });
    }
    Done finish(const SyncId& id, app::Fence fence, app::SyncStatus status, const std::string& error,
                Timestamp now) override {
        if (trace::Transaction* const run = trace::current()) {
            const bool failed = status == app::SyncStatus::failed;
            run->end_as(failed ? trace::Outcome::failure : trace::Outcome::success,
                        std::string(to_string(status)));
        }
        return calls_.measure({System::store, "progress.finish"},
                              [&] { return port_->finish(id, fence, status, error, now); });
    }

  private:
    std::unique_ptr<app::SyncProgressStore> port_;
    Calls calls_;
};

}  // namespace

std::unique_ptr<app::SyncStore> measured(std::unique_ptr<app::SyncStore> port, Calls calls) {
    return port ? std::make_unique<MeasuredSyncs>(std::move(port), calls) : nullptr;
}
std::unique_ptr<app::SyncProgressStore> measured(std::unique_ptr<app::SyncProgressStore> port, Calls calls) {
    return port ? std::make_unique<MeasuredProgress>(std::move(port), calls) : nullptr;
}

}  // namespace mim::observe
