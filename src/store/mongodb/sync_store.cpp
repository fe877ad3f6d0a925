#include "app/ports/sync_store.hpp"

#include <algorithm>
#include <set>

#include "app/ports/database_store.hpp"
#include "app/ports/job_feed.hpp"
#include "store/mongodb/database_lock.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/neighbours.hpp"
#include "store/mongodb/search.hpp"
#include "store/mongodb/sync_records.hpp"

namespace mim::store {
namespace mongodb {
namespace {

using app::SyncStatus;

class MongoSyncStore final : public app::SyncStore {
  public:
    explicit MongoSyncStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    // The lock keeps the database from being removed meanwhile; the index "one_active" is the rule for it.
    // For the others of its place no index can be: whoever submits for one of them holds the locks of all.
    Done submit(const app::Sync& sync, const std::optional<app::Place>& seen) override {
        MIM_TRY(place, lock_place(sync.database, seen));
        MIM_CHECK(check_idle(place.entries));
        for (DatabaseLock& lock : place.locks) MIM_CHECK(lock.keep());
        auto done = link_->insert(names::syncs, {new_sync_document(sync, PlanId::generate())});
        if (done || done.error().code != ErrorCode::already_exists) return done;
        MIM_TRY(active, active_of(sync.database));
        return app::sync_is_active(active);
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
    struct LockedPlace {
        std::set<DatabaseId> entries;  // of those locked, all that lead there
        std::vector<DatabaseLock> locks;
    };
    // Who leads there is asked again under the locks: another may have been led there meanwhile, and be at
    // work. It is then locked too. One that is led there later finds ours locked, and waits.
    Result<LockedPlace> lock_place(const DatabaseId& database, const std::optional<app::Place>& seen) {
        MIM_TRY(known, entries_of(seen));
        for (;;) {
            known.insert(database);
            MIM_TRY(locks, lock_all(database, known));
            MIM_CHECK(check_leads_to(seen, database));
            MIM_TRY(now, entries_of(seen));
            if (std::includes(known.begin(), known.end(), now.begin(), now.end()))
                return LockedPlace{std::move(now), std::move(locks)};
            known.merge(now);
        }
    }

    Result<std::set<DatabaseId>> entries_of(const std::optional<app::Place>& place) {
        std::set<DatabaseId> ids;
        if (!place) return ids;
        MIM_TRY(entries, neighbours_of(*link_, {*place}));
        for (const app::Neighbour& each : entries) ids.insert(each.id);
        return ids;
    }

    // Under its lock, without which it is led nowhere else.
    Done check_leads_to(const std::optional<app::Place>& seen, const DatabaseId& database) {
        MIM_TRY(found, link_->find_one(names::databases, fields("_id", database), fields("place", 1)));
        if (!found) return app::database_changed_meanwhile();
        Reader reader(*found);
        const auto place = Kept<std::optional<app::Place>>::read(reader, "place");
        return place == seen ? Done() : app::database_changed_meanwhile();
    }

    // In the order of their ids, so that no two wait for each other. One of the others may be gone by now.
    Result<std::vector<DatabaseLock>> lock_all(const DatabaseId& database, const std::set<DatabaseId>& ids) {
        std::vector<DatabaseLock> locks;
        locks.reserve(ids.size());
        for (const DatabaseId& each : ids) {
            auto lock = DatabaseLock::acquire(link_, each);
            const bool gone = !lock && each != database && lock.error().code == ErrorCode::not_found;
            if (gone) continue;
            if (!lock) return std::move(lock).error();
            locks.push_back(*std::move(lock));
        }
        return locks;
    }

    Done check_idle(const std::set<DatabaseId>& databases) {
        for (const DatabaseId& each : databases) {
            MIM_TRY(active, active_of(each));
            if (active) return app::sync_is_active(active);
        }
        return {};
    }

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
