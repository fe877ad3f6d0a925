#include "store/mongodb/database_lock.hpp"

#include "base/clock.hpp"
#include "store/mongodb/definition_undo.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/uneven_pause.hpp"

namespace mim::store::mongodb {
namespace {

using std::chrono::steady_clock;

Error no_such_database() {
    return {ErrorCode::not_found, "Database not found"};
}

bson::Document without_lock() {
    return fields("$unset", fields("lock", true));
}

// Free, or left behind by somebody who is gone.
bson::Document to_be_had(const DatabaseId& database, Timestamp now) {
    return fields(
        "_id", database, "$or",
        documents(fields("lock", fields("$exists", false)), fields("lock.until", fields("$lt", now))));
}

}  // namespace

Timestamp DatabaseLock::end() const {
    return system_clock().now() + times_.lifetime;
}

Result<DatabaseLock> DatabaseLock::acquire(std::shared_ptr<Link> link, const DatabaseId& database,
                                           const LockTimes& times) {
    const auto given_up = steady_clock::now() + times.patience;
    for (;;) {
        DatabaseLock lock(link, database, LockId::generate(), times);
        auto found = link->find_and_modify(names::databases, to_be_had(database, system_clock().now()),
                                           setting("lock.holder", lock.holder_, "lock.until", lock.end()),
                                           Answer::before);
        if (!found) return std::move(found).error();
        if (*found) {
            if (auto repaired = lock.repair(**found); !repaired) {
                lock.abandon();
                return std::move(repaired).error();
            }
            return lock;
        }
        lock.abandon();  // not ours
        MIM_TRY(there, link->find_one(names::databases, fields("_id", database), fields("_id", 1)));
        if (!there) return no_such_database();
        if (steady_clock::now() > given_up)
            return Error(ErrorCode::not_ready, "others kept changing this database for too long");
        uneven_pause();
    }
}

DatabaseLock::~DatabaseLock() {
    if (!link_) return;
    (void)link_->update(names::databases, fields("_id", database_, "lock.holder", holder_), without_lock());
}

Done DatabaseLock::renew(const bson::Document& also) {
    bson::Builder change;
    change.add_all(also.view());
    put_all(change, "lock.until", end());
    MIM_TRY(kept, link_->update(names::databases, fields("_id", database_, "lock.holder", holder_),
                                fields("$set", change.take())));
    if (kept == 0) {
        abandon();
        return Error(ErrorCode::store_failed, "this change of a database took too long and was undone");
    }
    renewed_ = steady_clock::now();
    return {};
}

Done DatabaseLock::keep() {
    if (steady_clock::now() - renewed_ < times_.lifetime / 3) return {};
    return renew({});
}

Done DatabaseLock::end_change(Done written) {
    if (written) written = renew(fields("lock.committed", true));
    if (!link_) return written;
    const auto cleared = written ? forget_undo(*link_, database_) : undo(*link_, database_);
    if (!cleared) abandon();
    return written;
}

Done DatabaseLock::remove_database() {
    MIM_CHECK(renew(fields("lock.removing", true)));
    auto removed = finish_removal();
    if (!removed) abandon();
    return removed;
}

// `found`: the database as it was before it was locked by us.
Done DatabaseLock::repair(bson::DocumentView found) {
    const auto left = Reader(found).part("lock");
    if (!left) return {};
    const Reader lock(*left);
    if (lock.flag("removing")) {
        MIM_CHECK(finish_removal());
        return no_such_database();
    }
    MIM_CHECK(lock.flag("committed") ? forget_undo(*link_, database_) : undo(*link_, database_));
    MIM_CHECK(link_->update(names::databases, fields("_id", database_, "lock.holder", holder_),
                            fields("$unset", fields("lock.committed", true))));
    return {};
}

Done DatabaseLock::finish_removal() {
    const auto of_it = fields("database", database_);
    MIM_CHECK(link_->remove(names::definitions, of_it, Several::all));
    // By their syncs, as that is what the records have an index of. These go after them: whoever is
    // interrupted finds them again.
    MIM_TRY(syncs, link_->find(names::syncs, {.filter = of_it, .fields = fields("_id", 1)}));
    for (const auto& sync : syncs) {
        const auto records = fields("sync", Reader(sync).id<SyncId>("_id"));
        MIM_CHECK(link_->remove(names::sync_records, records, Several::all));
    }
    MIM_CHECK(link_->remove(names::syncs, of_it, Several::all));
    MIM_CHECK(forget_undo(*link_, database_));
    MIM_CHECK(link_->remove(names::databases, fields("_id", database_), Several::one));
    return {};
}

}  // namespace mim::store::mongodb
