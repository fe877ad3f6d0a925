#include "world.hpp"

#include <algorithm>
#include <stdexcept>

#include "bson/json.hpp"
#include "index/definition/shard_key.hpp"
#include "index/definition/stored_form.hpp"
#include "index/rules/in_place.hpp"

namespace mim::index::testing {
namespace {

std::vector<Spec> specs_of(const WorldCollection& collection) {
    std::vector<Spec> specs;
    for (const LiveIndex& one : collection.live) specs.push_back(one.spec);
    return specs;
}

bool is_held_up(const WorldCollection& collection, const std::string& name) {
    const auto& shard_key = collection.traits.shard_key;
    return shard_key && is_last_for_shard_key(specs_of(collection), name, *shard_key);
}

}  // namespace

Spec spec_of(const std::string& json) {
    return Spec::from_document(bson::parse_json(json).value());
}

LiveIndex id_index() {
    return {spec_of(R"({"v": 2, "key": {"_id": 1}, "name": "_id_"})")};
}

std::vector<CollectionComparison> World::compare(const CompareOptions& options) const {
    std::vector<CollectionComparison> all;
    for (const WorldCollection& one : collections_) {
        all.push_back(index::compare(one.desired, {one.name, one.traits, one.live, std::nullopt}, options));
    }
    return all;
}

std::vector<StepOutcome> World::apply(const Plan& plan) {
    std::vector<StepOutcome> outcomes;
    for (const Operation& operation : plan.operations) {
        StepOutcome outcome;
        if (!operation.after_success_of || outcomes.at(*operation.after_success_of).done) {
            outcome.error = apply(operation);
            outcome.done = outcome.error.empty();
        }
        if (!outcome.done && operation.restores && outcomes.at(*operation.restores).done) {
            const std::string failure =
                create(find(operation.collection), plan.operations[*operation.restores].spec);
            if (!failure.empty()) outcome.error += "; not restored: " + failure;
        }
        outcomes.push_back(outcome);
    }
    return outcomes;
}

WorldCollection& World::find(const std::string& name) {
    const auto found = std::find_if(collections_.begin(), collections_.end(),
                                    [&name](const WorldCollection& one) { return one.name == name; });
    if (found == collections_.end()) throw std::logic_error("no collection " + name);
    return *found;
}

RuleContext World::context(const WorldCollection& collection) const {
    return {version_, collection.traits};
}

std::string World::apply(const Operation& operation) {
    WorldCollection& collection = find(operation.collection);
    switch (operation.action) {
        case Action::create:
            return create(collection, operation.spec);
        case Action::drop:
            return drop(collection, operation.index);
        case Action::modify:
        case Action::hide:
            return modify(collection, operation.changes);
        default:
            return change_registry(collection, operation);
    }
}

std::string World::create(WorldCollection& collection, const Spec& spec) {
    if (collection.traits.kind == CollectionKind::missing) {
        collection.traits.kind = CollectionKind::ordinary;
        collection.live = {id_index()};
    }
    if (const auto rejection = check(spec, context(collection))) return rejection->message;
    const Spec stored = stored_form(spec, context(collection));
    const Acceptance acceptance = accept(specs_of(collection), stored, context(collection));
    if (acceptance.rejection) return acceptance.rejection->message;
    if (acceptance.kind == Acceptance::Kind::creates) collection.live.push_back({stored});
    most_indexes_ = std::max(most_indexes_, collection.live.size());
    return {};
}

std::string World::drop(WorldCollection& collection, const std::string& name) {
    if (is_held_up(collection, name)) return "the last index that supports the shard key: " + name;
    const auto gone =
        std::erase_if(collection.live, [&name](const LiveIndex& one) { return one.spec.name == name; });
    return gone == 1 ? std::string() : "index not found: " + name;
}

std::string World::modify(WorldCollection& collection, const std::vector<bson::Document>& changes) {
    for (const bson::Document& change : changes) {
        const ModifyOutcome outcome = index::modify(specs_of(collection), change, context(collection));
        if (outcome.rejection) return outcome.rejection->message;
        const std::string& name = outcome.modified->after.name;
        if (change.contains("hidden") && change.find("hidden")->truthy() && is_held_up(collection, name))
            return "the last index that supports the shard key: " + name;
        collection.live.at(outcome.modified->position).spec = outcome.modified->after;
    }
    return {};
}

std::string World::change_registry(WorldCollection& collection, const Operation& operation) {
    auto& desired = collection.desired;
    if (operation.action == Action::define) {
        desired.push_back({DefinitionId::generate(), operation.spec});
        return {};
    }
    const auto found = std::find_if(desired.begin(), desired.end(),
                                    [&](const Desired& one) { return one.id == operation.definition; });
    if (found == desired.end()) return "no such definition";
    if (operation.action == Action::redefine) {
        found->spec = operation.spec;
    } else {
        desired.erase(found);
    }
    return {};
}

}  // namespace mim::index::testing
