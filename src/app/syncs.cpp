#include "app/syncs.hpp"

#include <set>

#include "app/desired_state.hpp"
#include "app/paging.hpp"
#include "app/places.hpp"
#include "app/protection.hpp"
#include "app/seen_servers.hpp"

namespace mim::app {
namespace {

Error nothing_managed() {
    return invalid_field("collections", "the registry has no definition here: there is nothing to sync");
}

// Importing is the one thing that makes sense without definitions: it cannot cost an index.
bool only_imports(const SyncOptions& options) {
    return options.extra == index::ExtraChoice::import_to_registry;
}

// For some of them to end.
constexpr std::chrono::seconds too_many_wait{10};

// A restoration compares nothing, so nothing of the registry may tempt it.
SyncOptions options_of_restoration() {
    SyncOptions options;
    options.missing = index::MissingChoice::leave;
    options.extra = index::ExtraChoice::leave;
    options.changed = index::ChangedChoice::leave;
    return options;
}

std::vector<std::string> collections_of(const Restoration& restoration) {
    std::set<std::string> names;
    for (const RestoredIndex& one : restoration.indexes) names.insert(one.collection);
    return {names.begin(), names.end()};
}

}  // namespace

Result<SyncId> Syncs::submit(const SyncRequest& request) {
    if (request.collections) MIM_CHECK(check_collections(*request.collections));
    MIM_TRY(database, ports_.databases.get(request.database));
    MIM_CHECK(check_fingerprint_given(database, request.options.fingerprint));
    MIM_TRY(definitions, ports_.definitions.all_of(request.database, request.collections));
    if (request.collections) MIM_CHECK(check_collections_known(database, *request.collections, definitions));
    const bool asked_to_import = request.collections && only_imports(request.options);
    if (definitions.empty() && !asked_to_import) return nothing_managed();
    // Before the target is troubled; the store judges again when it takes the sync. Two entries for one place
    // would build and drop against each other.
    MIM_CHECK(check_idle_place(ports_.syncs, database));
    MIM_CHECK(check_target(database, request));

    Sync sync{.database = request.database};
    sync.created_at = sync.updated_at = ports_.clock.now();
    sync.collections = request.collections ? *request.collections : collections_of(definitions);
    sync.options = request.options;
    sync.requested_by = request.requested_by;
    sync.requested_as = request.requested_as;
    MIM_CHECK(store(sync, database));
    return sync.id;
}

// Asks the target only about those that the registry does not know.
Done Syncs::check_collections_known(const Database& database, const std::vector<std::string>& asked,
                                    const std::vector<Definition>& definitions) {
    const auto others = without_definition(asked, definitions);
    if (others.empty()) return {};
    MIM_TRY(target, ports_.targets.open(database));
    MIM_TRY(live, target->read({.collections = others}, Deadline::after(ports_.target_deadline)));
    return check_known(asked, definitions, live);
}

Done Syncs::store(const Sync& sync, const Database& database) {
    const std::scoped_lock lock(submitting_);
    MIM_TRY(active, ports_.syncs.count_active());
    if (active < ports_.max_active) return ports_.syncs.submit(sync, database.place);
    return Error{ErrorCode::too_many_syncs,
                 "There are " + std::to_string(active) + " syncs pending or running: try again later",
                 too_many_wait};
}

// It must be reachable; and with a fingerprint, the plan must be the one that was seen and the requester may
// carry out. Who answers there may be known by another name, and protected: so its entry is read again.
Done Syncs::check_target(const Database& database, const SyncRequest& request) {
    if (request.options.fingerprint) {
        const CompareRequest wanted{
            .database = request.database, .collections = request.collections, .names = request.options.names};
        MIM_TRY(plan, ports_.comparisons.plan(wanted, request.options));
        if (plan.fingerprint != *request.options.fingerprint) return plan_is_another();
        MIM_TRY(met, ports_.databases.get(database.id));
        return check_plan(met, request.requested_as, plan);
    }
    MIM_TRY(target, ports_.targets.open(database));
    MIM_TRY(server, target->probe(Deadline::after(ports_.target_deadline)));
    MIM_TRY(met, ports_.databases.get(database.id));
    note_server(ports_.databases, met, server.release, ports_.clock.now());
    return check_fingerprint_given(met, request.options.fingerprint);
}

Result<SyncWithDatabase> Syncs::get(const SyncId& id) {
    MIM_TRY(sync, ports_.syncs.get(id));
    MIM_TRY(database, ports_.databases.get(sync.database));
    return SyncWithDatabase{std::move(sync), std::move(database)};
}

Result<DatabaseId> Syncs::database_of(const SyncId& id) {
    MIM_TRY(sync, ports_.syncs.without_records(id));
    return sync.database;
}

Result<Syncs::Listing> Syncs::list(const DatabaseId& database, const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    MIM_TRY(stored, ports_.databases.get(database));
    MIM_TRY(found, ports_.syncs.list(database, wanted));
    return Listing{std::move(stored), std::move(found)};
}

Done Syncs::cancel(const SyncId& id) {
    return ports_.syncs.request_cancel(id, ports_.clock.now());
}

Result<SyncId> Syncs::retry(const RetryRequest& again) {
    MIM_TRY(old, ports_.syncs.without_records(again.sync));
    if (old.status != SyncStatus::failed && old.status != SyncStatus::cancelled) {
        return Error{ErrorCode::not_allowed_in_state, "The sync is " + std::string(to_string(old.status)) +
                                                          ": only a failed or cancelled one is retried"};
    }
    if (old.restoration) {
        if (again.fingerprint) return invalid_field("fingerprint", "a restore has no plan that it could pin");
        MIM_TRY(database, ports_.databases.get(old.database));
        return submit_restoration(database, *old.restoration, {again.requested_by, again.requested_as});
    }
    SyncRequest request{.database = old.database, .collections = old.collections, .options = old.options};
    request.options.fingerprint = again.fingerprint;
    request.requested_by = again.requested_by;
    request.requested_as = again.requested_as;
    return submit(request);
}

Result<SyncId> Syncs::restore(const RestoreRequest& request) {
    MIM_TRY(old, ports_.syncs.get(request.sync));
    MIM_TRY(database, ports_.databases.get(old.database));
    if (!is_finished(old.status)) return sync_is_active(old.id);
    MIM_TRY(restoration, restoration_of(old, request.only));
    return submit_restoration(database, std::move(restoration), {request.requested_by, request.requested_as});
}

Result<SyncId> Syncs::submit_restoration(const Database& database, Restoration restoration,
                                         const Requester& requester) {
    MIM_CHECK(check_removal(database, requester.role, "restoring indexes"));
    MIM_CHECK(check_idle_place(ports_.syncs, database));
    MIM_TRY(target, ports_.targets.open(database));
    MIM_CHECK(target->probe(Deadline::after(ports_.target_deadline)));
    Sync sync{.database = database.id};
    sync.created_at = sync.updated_at = ports_.clock.now();
    sync.collections = collections_of(restoration);
    sync.options = options_of_restoration();
    sync.requested_by = requester.user;
    sync.requested_as = requester.role;
    sync.restoration = std::move(restoration);
    MIM_CHECK(store(sync, database));
    return sync.id;
}

}  // namespace mim::app
