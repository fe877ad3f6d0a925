#include "store/mongodb/database_lock.hpp"

#include "base/clock.hpp"
#include "store/mongodb/discarding.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/growing_pause.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using std::chrono::steady_clock;

Error no_such_database() {
    return {ErrorCode::not_found, "Database not found"};
}

bson::Document without_lock() {
    return fields("$unset", fields("lock", true));
}

// Free, or left behind by somebody who is gone; also by one whose clock was ahead: then its end lies further
// away than that of any lock may. Twice as far, since the clocks of servers differ.
bson::Document to_be_had(const DatabaseId& database, Timestamp now, std::chrono::milliseconds lifetime) {
    return fields(
        "_id", database, "$or",
        documents(fields("lock", fields("$exists", false)), fields("lock.until", fields("$lt", now)),
                  fields("lock.until", fields("$gt", now + 2 * lifetime))));
}

}  // namespace

Timestamp DatabaseLock::end() const {
    return system_clock().now() + times_.lifetime;
}

Result<DatabaseLock> DatabaseLock::acquire(std::shared_ptr<Link> link, const DatabaseId& database,
                                           const LockTimes& times) {
    const auto given_up = steady_clock::now() + times.patience;
    for (GrowingPause pause;; pause.wait()) {
        DatabaseLock lock(link, database, LockId::generate(), times);
        auto found = link->find_and_modify(
            names::databases, to_be_had(database, system_clock().now(), times.lifetime),
            fields("$set", fields("lock.holder", lock.holder_, "lock.until", lock.end()), "$inc",
                   fields("changes.begun", std::int64_t{1})),
            Answer::before);
        if (!found) return std::move(found).error();
        if (*found) {
            if (auto taken = lock.take_up(**found); !taken) {
                lock.abandon();
                return std::move(taken).error();
            }
            return lock;
        }
        lock.abandon();  // not ours
        MIM_TRY(there, link->find_one(names::databases, fields("_id", database), fields("_id", 1)));
        if (!there) return no_such_database();
        if (steady_clock::now() > given_up)
            return Error(ErrorCode::not_ready, "others kept changing this database for too long");
    }
}

DatabaseLock::~DatabaseLock() {
    if (!link_) return;
    (void)link_->update(names::databases, held(), without_lock());
}

bson::Document DatabaseLock::held() const {
    return fields("_id", change_.database, "lock.holder", holder_);
}

Done DatabaseLock::renew(const bson::Document& also) {
    bson::Builder change;
    change.add_all(also.view());
    put_all(change, "lock.until", end());
    MIM_TRY(kept, link_->update(names::databases, held(), fields("$set", change.take())));
    if (kept == 0) {
        // What was on its way when the lock was lost may have arrived after others had undone the rest.
        (void)remove_written(*link_, change_);
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
    if (!link_) return written;
    if (!written) return give_up(std::move(written).error());
    auto lasting = renew(fields("changes.settled", change_.number));
    if (!lasting) return link_ ? end_in_doubt(std::move(lasting).error()) : lasting;
    if (!forget_undo(*link_, change_)) abandon();
    return {};
}

// Under another holder the write cannot happen any more, should it still be on its way.
Done DatabaseLock::end_in_doubt(Error doubt) {
    bson::Builder not_lasting;
    not_lasting.add_all(held().view());
    put(not_lasting, "changes.settled", fields("$ne", change_.number));
    auto next = LockId::generate();
    const auto forestalled =
        link_->update(names::databases, not_lasting.take(), setting("lock.holder", next));
    if (forestalled && *forestalled > 0) {
        holder_ = std::move(next);
        return give_up(std::move(doubt));
    }
    const auto link = std::move(link_);  // given back by nobody: the notes are cleared when it has run out
    if (!forestalled) return doubt;
    const auto lasting = link->find_one(names::databases, held());
    return lasting && *lasting ? Done{} : doubt;
}

Done DatabaseLock::give_up(Error error) {
    if (!undo_since_settled()) abandon();
    return error;
}

Done DatabaseLock::undo_since_settled() {
    MIM_CHECK(undo(*link_, change_, settled_, [this] { return keep(); }));
    MIM_CHECK(settle(change_.number));
    return forget_undo(*link_, change_);
}

Done DatabaseLock::settle(std::int64_t number) {
    MIM_CHECK(renew(fields("changes.settled", number)));
    settled_ = number;
    return {};
}

Done DatabaseLock::remove_database() {
    MIM_CHECK(renew(fields("lock.removing", true)));
    auto removed = finish_removal(std::nullopt);
    if (!removed) abandon();
    return removed;
}

Done DatabaseLock::discard_database(const app::Discard& discard) {
    MIM_CHECK(renew(fields("lock.removing", true, "lock.discard", to_document(discard))));
    auto removed = finish_removal(discard);
    if (!removed) abandon();
    return removed;
}

// `found`: the database as it was before it was locked by us.
Done DatabaseLock::take_up(bson::DocumentView found) {
    auto before = Reader(found).inside("changes");
    change_.number = (before.present("begun") ? before.integer("begun") : 0) + 1;
    settled_ = before.present("settled") ? before.integer("settled") : 0;
    MIM_CHECK(before.whole("the changes of a database"));
    const auto left = Reader(found).part("lock");
    return left ? repair(*left) : Done{};
}

Done DatabaseLock::repair(bson::DocumentView lock) {
    if (Reader(lock).flag("removing")) {
        MIM_CHECK(go_on_removing(lock));
        return no_such_database();
    }
    // As a version without numbers said that its change is to last.
    if (Reader(lock).flag("committed")) MIM_CHECK(forget_undo(*link_, {change_.database, settled_}));
    MIM_CHECK(undo(*link_, change_, settled_, [this] { return keep(); }));
    const ChangeOf before{change_.database, change_.number - 1};  // ours is still to come
    MIM_CHECK(settle(before.number));
    return forget_undo(*link_, before);
}

Done DatabaseLock::go_on_removing(bson::DocumentView lock) {
    const auto into_trash = Reader(lock).part("discard");
    if (!into_trash) return finish_removal(std::nullopt);
    MIM_TRY(discard, read_discard(*into_trash));
    // Noted again, should this one be interrupted too.
    MIM_CHECK(renew(fields("lock.removing", true, "lock.discard", to_document(discard))));
    return finish_removal(discard);
}

Done DatabaseLock::finish_removal(const std::optional<app::Discard>& discard) {
    const auto of_it = fields("database", change_.database);
    if (discard) {
        MIM_CHECK(put_database_into_trash(*link_, change_.database, *discard, [this] { return keep(); }));
    }
    MIM_CHECK(link_->remove(names::definitions, of_it, Several::all));
    MIM_CHECK(link_->remove(names::made_collections, of_it, Several::all));
    // By their syncs, as that is what the records have an index of. These go after them: whoever is
    // interrupted finds them again.
    MIM_TRY(syncs, link_->find(names::syncs, {.filter = of_it, .fields = fields("_id", 1)}));
    for (const auto& sync : syncs) {
        const auto records = fields("sync", Reader(sync).id<SyncId>("_id"));
        MIM_CHECK(link_->remove(names::sync_records, records, Several::all));
    }
    MIM_CHECK(link_->remove(names::syncs, of_it, Several::all));
    MIM_CHECK(link_->remove(names::definitions_undo, of_it, Several::all));
    MIM_CHECK(link_->remove(names::databases, fields("_id", change_.database), Several::one));
    return {};
}

}  // namespace mim::store::mongodb
