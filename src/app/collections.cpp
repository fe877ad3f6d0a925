#include "app/collections.hpp"

#include "app/collection_rows.hpp"
#include "app/paging.hpp"
#include "app/places.hpp"
#include "app/protection.hpp"
#include "app/text_rules.hpp"
#include "index/rules/rules.hpp"

namespace mim::app {
namespace {

void check_name(std::vector<FieldError>& bad, std::string_view field, const std::string& name) {
    if (const auto rejection = index::check_collection_name(name)) {
        bad.push_back({std::string(field), rejection->message});
    }
}

Result<std::vector<CollectionSummary>> all_managed(CollectionStore& store, const DatabaseId& database,
                                                   const std::string& query) {
    std::vector<CollectionSummary> all;
    for (PageRequest page{.query = query, .page = 1, .limit = max_page_limit};; ++page.page) {
        MIM_TRY(found, store.collections(database, page));
        const bool last = found.items.size() < static_cast<std::size_t>(page.limit);
        all.insert(all.end(), std::make_move_iterator(found.items.begin()),
                   std::make_move_iterator(found.items.end()));
        if (last) return all;
    }
}

// None when the registry does not know it.
Result<std::optional<CollectionSummary>> managed(CollectionStore& store, const DatabaseId& database,
                                                 const std::string& name) {
    MIM_TRY(found, all_managed(store, database, {}));
    for (CollectionSummary& summary : found) {
        if (summary.collection == name) return std::optional(std::move(summary));
    }
    return std::optional<CollectionSummary>();
}

}  // namespace

Result<Page<CollectionRow>> Collections::list(const DatabaseId& database, const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    MIM_CHECK(ports_.databases.get(database));
    MIM_TRY(found, ports_.collections.collections(database, wanted));
    Page<CollectionRow> rows{.items = {}, .total = found.total, .page = found.page, .limit = found.limit};
    for (CollectionSummary& summary : found.items) {
        rows.items.push_back({std::move(summary.collection), summary.total_indexes, std::nullopt, ""});
    }
    return rows;
}

Result<Page<CollectionRow>> Collections::list_with_live(const DatabaseId& database, const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    MIM_TRY(stored, ports_.databases.get(database));
    MIM_TRY(managed, all_managed(ports_.collections, database, {}));
    MIM_TRY(target, ports_.targets.open(stored));
    MIM_TRY(live, target->read({}, Deadline::after(ports_.target_deadline)));
    return live_page(managed, live, wanted);
}

Done Collections::create(const DatabaseId& database, const std::string& name) {
    std::vector<FieldError> bad;
    check_name(bad, "collection", name);
    MIM_CHECK(verdict(std::move(bad)));
    MIM_TRY(stored, ports_.databases.get(database));
    MIM_TRY(target, ports_.targets.open_collections(stored));
    const Deadline deadline = Deadline::after(ports_.target_deadline);
    MIM_CHECK(target->create_collection(name, deadline));
    const Done noted = ports_.collections.note_made(
        MadeCollection{.database = database, .created_at = ports_.clock.now(), .name = name});
    if (!noted) take_back(stored, *target, name);
    return noted;
}

// Whoever repeats the call must find the collection as it was; what others have filled meanwhile stays, and
// what a sync may be building on.
void Collections::take_back(const Database& stored, TargetCollections& target, const std::string& name) {
    const Deadline deadline = Deadline::after(ports_.target_deadline);
    const auto documents = target.count_documents(name, deadline);
    if (!documents || *documents > 0 || !check_idle_place(ports_.syncs, stored)) return;
    static_cast<void>(target.drop_collection(name, deadline));
}

// A running sync would build and drop on a collection that changes its name or goes under it, through
// whichever entry of the place it runs.
Done Collections::check_may_take(const Database& database, Role as, std::string_view what) {
    MIM_CHECK(check_removal(database, as, what));
    return check_idle_place(ports_.syncs, database);
}

// Asked again just before the target is changed: what was looked at meanwhile took its time.
Done Collections::check_may_still_take(const Database& as_read, Role as, std::string_view what) {
    MIM_TRY(now, ports_.databases.get(as_read.id));
    if (now.place != as_read.place) return database_changed_meanwhile();
    return check_may_take(now, as, what);
}

Done Collections::rename(const DatabaseId& database, const std::string& from, const std::string& to,
                         Role as) {
    std::vector<FieldError> bad;
    check_name(bad, "collection", from);
    check_name(bad, "new_collection", to);
    if (bad.empty() && from == to)
        bad.push_back({"new_collection", "is the name that the collection has already"});
    MIM_CHECK(verdict(std::move(bad)));
    MIM_TRY(stored, ports_.databases.get(database));
    constexpr std::string_view what = "renaming a collection";
    MIM_CHECK(check_may_take(stored, as, what));
    MIM_TRY(namesake, managed(ports_.collections, database, to));
    if (namesake && namesake->total_indexes > 0)
        return Error{ErrorCode::already_exists, "The registry has definitions for a collection " + to};
    // Who answers there may be known by another name, and protected.
    MIM_TRY(target, ports_.targets.open(stored));
    MIM_CHECK(target->probe(Deadline::after(ports_.target_deadline)));
    MIM_CHECK(check_may_still_take(stored, as, what));
    Done renamed = rename_in_target(stored, from, to);
    if (!renamed && renamed.error().code == ErrorCode::not_found) {
        MIM_TRY(known, managed(ports_.collections, database, from));
        if (known) return rename_in_registry_alone(stored, from, to);
    }
    return renamed;
}

Done Collections::rename_in_target(const Database& stored, const std::string& from, const std::string& to) {
    MIM_TRY(target, ports_.targets.open_collections(stored));
    MIM_CHECK(target->rename_collection(from, to, Deadline::after(ports_.target_deadline)));
    const Done renamed = ports_.collections.rename_collection(stored.id, from, to);
    // Back again, so that the caller can simply repeat it; what failed is the store, and that is what is
    // told.
    if (!renamed) {
        static_cast<void>(target->rename_collection(to, from, Deadline::after(ports_.target_deadline)));
    }
    return renamed;
}

// Its definitions must not become those of a live collection that has the new name already.
Done Collections::rename_in_registry_alone(const Database& stored, const std::string& from,
                                           const std::string& to) {
    MIM_TRY(target, ports_.targets.open(stored));
    const ReadRequest wanted{.collections = {{to}}};
    MIM_TRY(live, target->read(wanted, Deadline::after(ports_.target_deadline)));
    for (const index::LiveCollection& each : live) {
        if (each.traits.kind != index::CollectionKind::missing)
            return Error{ErrorCode::already_exists, "The database has a collection " + to};
    }
    return ports_.collections.rename_collection(stored.id, from, to);
}

// Where it cannot be told it counts as there: the log then says more than was done, not less.
LiveBefore Collections::live_before(const Database& database, const std::string& name) {
    const auto target = ports_.targets.open(database);
    if (!target) return LiveBefore::there;
    const auto live =
        (*target)->read({.collections = std::vector{name}}, Deadline::after(ports_.target_deadline));
    const bool missing =
        live && live->size() == 1 && live->front().traits.kind == index::CollectionKind::missing;
    return missing ? LiveBefore::missing : LiveBefore::there;
}

Done Collections::check_confirmed_drop(TargetCollections& target, const DatabaseId& database,
                                       const std::string& name, const Confirmation& confirmation) {
    if (confirmation.given == name) return {};
    MIM_TRY(documents, target.count_documents(name, Deadline::after(ports_.target_deadline)));
    if (documents > 0) {
        return Error{ErrorCode::collection_in_use, "The collection holds " + std::to_string(documents) +
                                                       " documents: repeat its name in `confirm` to drop it"};
    }
    MIM_TRY(known, managed(ports_.collections, database, name));
    const std::int64_t definitions = known ? known->total_indexes : 0;
    if (definitions == 0 && !confirmation.given) return {};
    std::string what = "the collection '" + name + "'";
    if (definitions > 0) what += " with its " + std::to_string(definitions) + " index definitions";
    return check_confirmed(confirmation, name, what);
}

Result<LiveBefore> Collections::remove(const DatabaseId& database, const std::string& name,
                                       const Confirmation& confirmation, Role as, const UserId& by) {
    std::vector<FieldError> bad;
    check_name(bad, "collection", name);
    MIM_CHECK(verdict(std::move(bad)));
    MIM_TRY(stored, ports_.databases.get(database));
    constexpr std::string_view what = "dropping a collection";
    MIM_CHECK(check_may_take(stored, as, what));
    MIM_TRY(target, ports_.targets.open_collections(stored));
    MIM_CHECK(check_confirmed_drop(*target, database, name, confirmation));
    const LiveBefore before = live_before(stored, name);
    MIM_CHECK(check_may_still_take(stored, as, what));
    MIM_CHECK(target->drop_collection(name, Deadline::after(ports_.target_deadline)));
    MIM_CHECK(ports_.collections.remove_collection(database, name, {ports_.clock.now(), by}));
    return before;
}

}  // namespace mim::app
