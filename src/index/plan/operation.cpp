#include "index/plan/operation.hpp"

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"
#include "index/rules/in_place.hpp"
#include "index/rules/rules.hpp"
#include "index/script/script.hpp"

namespace mim::index {
namespace {

Operation base(const PlanScope& scope, Action action, Spec spec, Wording words) {
    Operation operation;
    operation.collection = scope.collection.collection;
    operation.index = spec.name;
    operation.action = action;
    operation.spec = std::move(spec);
    operation.reason = std::move(words.reason);
    operation.meanwhile = std::move(words.meanwhile);
    operation.risk = words.risk;
    return operation;
}

std::string modify_statements(const PlanScope& scope, const std::vector<bson::Document>& changes) {
    std::string text;
    for (const bson::Document& change : changes) {
        if (!text.empty()) text += "; ";
        text += modify_statement(scope.options.database_name, scope.collection.collection, change);
    }
    return text;
}

// stored_form is only defined for what MongoDB accepts; anything else is refused before it could be listed.
std::optional<Spec> listed_when_built(const PlanScope& scope, const Spec& spec) {
    if (check(spec, scope.rules)) return std::nullopt;
    return listed_form(stored_form(spec, scope.rules), scope.rules);
}

// The live index with the changes made, as the server would.
Spec listed_after(const PlanScope& scope, const Spec& live, const std::vector<bson::Document>& changes) {
    Spec spec = live;
    for (const bson::Document& change : changes) {
        const ModifyOutcome outcome = modify({spec}, change, scope.rules);
        if (outcome.modified) spec = listed_form(outcome.modified->after, scope.rules);
    }
    return spec;
}

}  // namespace

Operation create_operation(const PlanScope& scope, const Desired& desired, Wording words) {
    Operation operation = base(scope, Action::create, desired.spec, std::move(words));
    operation.definition = desired.id;
    operation.listed = listed_when_built(scope, desired.spec);
    operation.statement = create_statement(scope.options.database_name, operation.collection, operation.spec);
    return operation;
}

Operation drop_operation(const PlanScope& scope, const LiveIndex& live, Wording words) {
    Operation operation = base(scope, Action::drop, user_form(live.spec, scope.rules), std::move(words));
    operation.listed = live.spec;
    operation.statement = drop_statement(scope.options.database_name, operation.collection, operation.index);
    return operation;
}

Operation modify_operation(const PlanScope& scope, const Changed& changed,
                           std::vector<bson::Document> changes) {
    Spec after = changed.desired.spec;
    after.name = changed.live.spec.name;
    Operation operation =
        base(scope, Action::modify, std::move(after), words_for_modify(changed, scope.collection));
    operation.before = user_form(changed.live.spec, scope.rules);
    operation.listed = listed_after(scope, changed.live.spec, changes);
    operation.definition = changed.desired.id;
    operation.statement = modify_statements(scope, changes);
    operation.changes = std::move(changes);
    return operation;
}

Operation hide_operation(const PlanScope& scope, const LiveIndex& live) {
    Operation operation =
        base(scope, Action::hide, user_form(live.spec, scope.rules), words_for_hide(live, scope.collection));
    operation.changes.push_back(bson::Builder().add("name", live.spec.name).add("hidden", true).take());
    operation.listed = listed_after(scope, live.spec, operation.changes);
    const auto refused = modify({live.spec}, operation.changes.front(), scope.rules).rejection;
    if (refused) operation.reason += "; MongoDB will refuse it: " + refused->message;
    operation.statement = modify_statements(scope, operation.changes);
    return operation;
}

Operation define_operation(const PlanScope& scope, const LiveIndex& live) {
    return base(scope, Action::define, user_form(live.spec, scope.rules),
                {"in the database, not in the registry; taken into the registry",
                 "the database is not touched", Risk::safe});
}

Operation redefine_operation(const PlanScope& scope, const Changed& changed) {
    Operation operation = base(scope, Action::redefine, user_form(changed.live.spec, scope.rules),
                               {"the database differs from the definition in " +
                                    differences_text(changed.differences, ChangedSide::registry) +
                                    "; the registry takes the database's",
                                "the database is not touched", Risk::caution});
    operation.before = changed.desired.spec;
    operation.definition = changed.desired.id;
    return operation;
}

Operation forget_operation(const PlanScope& scope, const Desired& desired) {
    Operation operation = base(scope, Action::forget, desired.spec,
                               {"in the registry, not in the database; removed from the registry",
                                "the database is not touched", Risk::caution});
    operation.definition = desired.id;
    return operation;
}

}  // namespace mim::index
