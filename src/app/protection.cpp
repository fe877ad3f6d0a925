#include "app/protection.hpp"

#include <algorithm>

namespace mim::app {
namespace {

bool hides(const index::Operation& operation) {
    const auto hidden = operation.spec.options.find("hidden");
    const auto before = operation.before ? operation.before->options.find("hidden") : std::nullopt;
    return hidden && hidden->truthy() && !(before && before->truthy());
}

bool was_planned(const std::vector<SyncRecord>& records, const index::Operation& operation) {
    return std::any_of(records.begin(), records.end(), [&](const SyncRecord& record) {
        return record.collection == operation.collection && record.index == operation.index &&
               record.action == operation.action;
    });
}

std::string place_of(const index::Operation& operation) {
    return operation.collection + "." + operation.index;
}

Error takes_an_administrator(const std::string& what) {
    return {ErrorCode::protected_database, "The database is protected: " + what + " takes an administrator"};
}

}  // namespace

bool takes_away(const index::Operation& operation) {
    if (operation.risk == index::Risk::destructive) return true;
    switch (operation.action) {
        case index::Action::drop:
        case index::Action::hide:
        case index::Action::redefine:
        case index::Action::forget:
            return true;
        case index::Action::modify:
            return hides(operation);
        case index::Action::create:
        case index::Action::define:
            return false;
    }
    return true;
}

Done check_removal(const Database& database, Role role, std::string_view what) {
    if (database.protection == Protection::off || role == Role::admin) return {};
    return takes_an_administrator(std::string(what));
}

Done check_plan(const Database& database, Role role, const index::Plan& plan) {
    if (database.protection == Protection::off || role == Role::admin) return {};
    for (const index::Operation& operation : plan.operations) {
        if (!takes_away(operation)) continue;
        return takes_an_administrator("the plan's " + std::string(index::to_string(operation.action)) +
                                      " of " + place_of(operation));
    }
    return {};
}

Done check_fingerprint_given(const Database& database, const std::optional<std::string>& fingerprint) {
    if (database.protection == Protection::off || fingerprint) return {};
    return invalid_field("fingerprint",
                         "is required, because the database is protected: look at the plan and send its own");
}

Done check_run(const Database& database, const Sync& sync, const index::Plan& plan) {
    if (database.protection == Protection::off || plan.empty()) return {};
    if (sync.restoration) return check_removal(database, sync.requested_as, "restoring indexes");
    if (!sync.options.fingerprint)
        return Error{ErrorCode::protected_database,
                     "The database is protected: a sync of it needs the fingerprint of its plan"};
    MIM_CHECK(check_plan(database, sync.requested_as, plan));
    for (const index::Operation& operation : plan.operations) {
        if (sync.records.empty() || !takes_away(operation) || was_planned(sync.records, operation)) continue;
        return Error{ErrorCode::protected_database,
                     "The database is protected, and the " + std::string(index::to_string(operation.action)) +
                         " of " + place_of(operation) + " was not in the plan that was seen"};
    }
    return {};
}

}  // namespace mim::app
