#include "store/mongodb/administrators.hpp"

#include "app/model/user.hpp"
#include "base/clock.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/growing_pause.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using std::chrono::milliseconds;

using Mark = Id<struct LeavingTag>;

// Clocks of the servers that share a store may differ by a part of it.
constexpr milliseconds mark_lifetime{30'000};
constexpr milliseconds patience{10'000};

enum class Attempt { done, refused, hindered };

bson::Document who_administers() {
    return fields("role", app::to_string(app::Role::admin), "disabled", fields("$ne", true));
}

bson::Document others_who_administer(const UserId& id, bool leaving) {
    bson::Builder filter;
    filter.add_all(who_administers().view());
    put_all(filter, "_id", fields("$ne", id), "leaving", fields("$exists", leaving));
    return filter.take();
}

Done forget_old_marks(Link& link) {
    MIM_CHECK(link.update(names::users, fields("leaving.until", fields("$lt", system_clock().now())),
                          fields("$unset", fields("leaving", true)), Several::all));
    return {};
}

// Nothing but an enabled administrator that nobody else is changing is marked.
Result<bool> mark(Link& link, const UserId& id, const Mark& mark) {
    bson::Builder filter;
    filter.add_all(who_administers().view());
    put_all(filter, "_id", id, "leaving", fields("$exists", false));
    MIM_TRY(
        marked,
        link.update(names::users, filter.take(),
                    setting("leaving", fields("mark", mark, "until", system_clock().now() + mark_lifetime))));
    return marked > 0;
}

Result<Attempt> leave(Link& link, const UserId& id, const Mark& mark, const bson::Document& change) {
    const auto marked = fields("_id", id, "leaving.mark", mark);
    const auto unmark = fields("leaving", true);
    MIM_TRY(staying, link.count(names::users, others_who_administer(id, false)));
    if (staying > 0) {
        bson::Builder update;
        update.add_all(change.view());
        update.add("$unset", unmark);
        MIM_TRY(changed, link.update(names::users, marked, update.take()));
        return changed > 0 ? Attempt::done : Attempt::hindered;
    }
    MIM_TRY(leaving, link.count(names::users, others_who_administer(id, true)));
    MIM_CHECK(link.update(names::users, marked, fields("$unset", unmark)));
    return leaving > 0 ? Attempt::hindered : Attempt::refused;
}

// Of an account that does not administer nothing is lost.
Result<bool> change_other(Link& link, const UserId& id, const bson::Document& change) {
    const auto not_one = fields(
        "_id", id, "$or",
        documents(fields("role", fields("$ne", app::to_string(app::Role::admin))), fields("disabled", true)));
    MIM_TRY(changed, link.update(names::users, not_one, change));
    return changed > 0;
}

Result<Attempt> attempt(Link& link, const UserId& id, const bson::Document& change) {
    MIM_TRY(changed, change_other(link, id, change));
    if (changed) return Attempt::done;
    MIM_CHECK(forget_old_marks(link));
    const Mark ours = Mark::generate();
    MIM_TRY(marked, mark(link, id, ours));
    if (marked) return leave(link, id, ours, change);
    MIM_TRY(there, link.find_one(names::users, fields("_id", id), fields("_id", 1)));
    if (!there) return Error(ErrorCode::not_found, "User not found");
    return Attempt::hindered;
}

}  // namespace

Result<bool> administers(Link& link, const UserId& id) {
    bson::Builder filter;
    filter.add_all(who_administers().view());
    put(filter, "_id", id);
    MIM_TRY(found, link.count(names::users, filter.take()));
    return found > 0;
}

Done change_keeping_an_admin(Link& link, const UserId& id, const bson::Document& change) {
    const auto given_up = std::chrono::steady_clock::now() + patience;
    for (GrowingPause pause;; pause.wait()) {
        MIM_TRY(outcome, attempt(link, id, change));
        if (outcome == Attempt::done) return {};
        if (outcome == Attempt::refused)
            return Error(ErrorCode::last_admin, "This is the last account that administers");
        if (std::chrono::steady_clock::now() > given_up)
            return Error(ErrorCode::not_ready, "others kept changing the accounts that administer");
    }
}

}  // namespace mim::store::mongodb
