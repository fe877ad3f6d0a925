#include "app/ports/sync_store.hpp"

#include "app/ports/job_feed.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"
#include "store/mongodb/sync_records.hpp"
#include "store/mongodb/sync_submission.hpp"

namespace mim::store {
namespace mongodb {
namespace {

using app::SyncStatus;

class MongoSyncStore final : public app::SyncStore {
  public:
    explicit MongoSyncStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done submit(const app::Sync& sync, const std::optional<app::Place>& seen) override {
        return submit_sync(*link_, sync, seen);
    }

    Result<app::Sync> get(const SyncId& id) override { return sync_with_records(*link_, id); }

    Result<app::Sync> without_records(const SyncId& id) override {
        MIM_TRY(stored, sync_without_records(*link_, id));
        return std::move(stored.sync);
    }

    Result<app::Page<app::Sync>> list(const DatabaseId& database, const app::PageRequest& page) override {
        return read_page<app::Sync>(
            *link_, names::syncs, page,
            {.filter = fields("database", database), .sort = fields("created_at", -1, "_id", -1)}, read_sync);
    }

    Result<std::int64_t> count_active() override {
        return link_->count(names::syncs, fields("active", true));
    }

    Result<std::optional<SyncId>> active_of(const DatabaseId& database) override {
        return active_sync_of(*link_, database);
    }

    Done request_cancel(const SyncId& id, Timestamp now) override {
        MIM_TRY(ended, link_->update(names::syncs, in_status(id, SyncStatus::pending),
                                     fields("$set",
                                            fields("status", app::to_string(SyncStatus::cancelled),
                                                   "completed_at", now, "updated_at", now),
                                            "$unset", fields("active", true))));
        if (ended > 0) return {};
        MIM_TRY(asked, link_->update(names::syncs, in_status(id, SyncStatus::running),
                                     setting("cancel_requested", true, "updated_at", now)));
        if (asked > 0) return {};
        MIM_TRY(there, link_->find_one(names::syncs, fields("_id", id), fields("_id", 1)));
        if (there) return Error(ErrorCode::not_allowed_in_state, "The sync has ended");
        return Error(ErrorCode::not_found, "Sync not found");
    }

  private:
    static bson::Document in_status(const SyncId& id, SyncStatus status) {
        return fields("_id", id, "status", app::to_string(status));
    }

    std::shared_ptr<Link> link_;
};

class MongoJobFeed final : public app::JobFeed {
  public:
    explicit MongoJobFeed(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Result<std::vector<SyncId>> waiting(std::size_t limit) override {
        return read_all<SyncId>(*link_, names::syncs,
                                {.filter = fields("active", true),
                                 .sort = fields("created_at", 1, "_id", 1),
                                 .fields = fields("_id", 1),
                                 .skip = 0,
                                 .limit = static_cast<std::int64_t>(limit)},
                                [](bson::DocumentView document) -> Result<SyncId> {
                                    Reader reader(document);
                                    auto id = reader.id<SyncId>("_id");
                                    MIM_CHECK(reader.whole("a sync"));
                                    return id;
                                });
    }

  private:
    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::SyncStore> create_mongodb_sync_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoSyncStore>(std::move(link));
}

std::unique_ptr<app::JobFeed> create_mongodb_job_feed(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoJobFeed>(std::move(link));
}

}  // namespace mim::store
