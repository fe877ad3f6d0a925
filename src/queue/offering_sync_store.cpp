#include "queue/offering_sync_store.hpp"

#include "queue/events.hpp"

namespace mim::queue {
namespace {

class OfferingSyncStore final : public app::SyncStore {
  public:
    OfferingSyncStore(app::SyncStore& store, app::JobQueue& queue, Logger& log)
        : store_(store), queue_(queue), log_(log) {}

    Done submit(const app::Sync& sync, const std::optional<app::Place>& seen) override {
        MIM_CHECK(store_.submit(sync, seen));
        if (const auto offered = queue_.offer({sync.id}); !offered)
            log_.warning(events::offer_failed,
                         {{"sync", sync.id.text()}, {"cause", offered.error().message}});
        return {};
    }
    Result<app::Sync> get(const SyncId& id) override { return store_.get(id); }
    Result<app::Sync> without_records(const SyncId& id) override { return store_.without_records(id); }
    Result<app::Page<app::Sync>> list(const DatabaseId& database, const app::PageRequest& page) override {
        return store_.list(database, page);
    }
    Result<std::optional<SyncId>> active_of(const DatabaseId& database) override {
        return store_.active_of(database);
    }
    Result<std::int64_t> count_active() override { return store_.count_active(); }
    // The queue need not know: a job whose sync has ended is dropped when its turn comes.
    Done request_cancel(const SyncId& id, Timestamp now) override { return store_.request_cancel(id, now); }

  private:
    app::SyncStore& store_;
    app::JobQueue& queue_;
    Logger& log_;
};

}  // namespace

std::unique_ptr<app::SyncStore> create_offering_sync_store(app::SyncStore& store, app::JobQueue& queue,
                                                           Logger& log) {
    return std::make_unique<OfferingSyncStore>(store, queue, log);
}

}  // namespace mim::queue
