#include "app/restoration.hpp"

#include <algorithm>

#include "app/definition_identity.hpp"
#include "bson/builder.hpp"
#include "index/canonical/canonical.hpp"
#include "index/definition/stored_form.hpp"
#include "index/rules/rules.hpp"
#include "index/script/script.hpp"

namespace mim::app {
namespace {

bool took_away(const SyncRecord& record) {
    return record.status == RecordStatus::completed &&
           (record.action == index::Action::drop || record.action == index::Action::hide);
}

bool cannot_live_beside(const index::Spec& built, const index::Spec& dropped) {
    const index::RuleContext rules = registry_rules();
    return index::meet(index::stored_form(built, rules), index::stored_form(dropped, rules), rules) !=
           index::Meeting::unrelated;
}

RestoredIndex restored(const SyncRecord& record) {
    return {
        .collection = record.collection,
        .spec = index::Spec::from_document(record.definition),
        .way = record.action == index::Action::hide ? RestoredIndex::Way::show : RestoredIndex::Way::build};
}

// Of several records about one index the last one holds.
void keep_last(std::vector<RestoredIndex>& indexes, RestoredIndex one) {
    std::erase_if(indexes, [&](const RestoredIndex& other) {
        return other.collection == one.collection && other.spec.name == one.spec.name;
    });
    indexes.push_back(std::move(one));
}

Error nothing_to_restore() {
    return invalid_field("sync_id",
                         "this sync dropped or hid no index that is not replaced: there is "
                         "nothing to restore");
}

Error not_taken_away(const IndexPlace& place) {
    const std::string reason = "this sync neither dropped nor hid the index " + place.index +
                               " of the collection " + place.collection;
    return Error{std::vector<FieldError>{{"collection", reason}, {"index", reason}}};
}

Error is_replaced(const IndexPlace& place, const SyncRecord& successor) {
    return invalid_field("index", "the sync built " + successor.index + " in place of " + place.index +
                                      ", and MongoDB would not hold both: change the definition, and sync");
}

Result<Restoration> one_index(const Sync& sync, const IndexPlace& place) {
    for (std::size_t at = sync.records.size(); at > 0; --at) {
        const SyncRecord& record = sync.records[at - 1];
        if (!took_away(record) || record.collection != place.collection || record.index != place.index)
            continue;
        if (const SyncRecord* successor = successor_of(sync.records, at - 1))
            return is_replaced(place, *successor);
        return Restoration{.of = sync.id, .indexes = {restored(record)}};
    }
    return not_taken_away(place);
}

const index::LiveCollection* live_collection(const std::vector<index::LiveCollection>& live,
                                             const std::string& name) {
    const auto found = std::find_if(live.begin(), live.end(),
                                    [&](const index::LiveCollection& one) { return one.name == name; });
    return found == live.end() ? nullptr : &*found;
}

const index::Spec* live_index(const index::LiveCollection* collection, const std::string& name) {
    if (collection == nullptr) return nullptr;
    const auto found = std::find_if(collection->indexes.begin(), collection->indexes.end(),
                                    [&](const index::LiveIndex& one) { return one.spec.name == name; });
    return found == collection->indexes.end() ? nullptr : &found->spec;
}

index::Spec shown(index::Spec spec) {
    spec.options = bson::without(spec.options, {"hidden"});
    return spec;
}

bool carries_hidden(bson::DocumentView options) {
    const auto hidden = options.find("hidden");
    return hidden && hidden->truthy();
}

index::Operation build_operation(const RestoredIndex& wanted, index::Spec spec, const std::string& db_name) {
    index::Operation operation;
    operation.collection = wanted.collection;
    operation.index = spec.name;
    operation.action = index::Action::create;
    operation.statement = index::create_statement(db_name, wanted.collection, spec);
    operation.spec = std::move(spec);
    operation.reason = "was taken away by an earlier sync: built again";
    operation.meanwhile = "no query loses an index while it is built";
    return operation;
}

index::Operation show_operation(const RestoredIndex& wanted, const index::Spec& live,
                                const std::string& db_name) {
    const bson::Document change = bson::Builder().add("name", live.name).add("hidden", false).take();
    index::Operation operation;
    operation.collection = wanted.collection;
    operation.index = live.name;
    operation.action = index::Action::modify;
    operation.spec = shown(wanted.spec);
    operation.before = wanted.spec;
    operation.listed = shown(live);
    operation.statement = index::modify_statement(db_name, wanted.collection, change);
    operation.changes = {change};
    operation.reason = "was hidden by an earlier sync: shown to queries again";
    operation.meanwhile = "queries can use it at once";
    return operation;
}

bool same_index(const index::Spec& live, const index::Spec& wanted, const index::RuleContext& rules) {
    const index::Canonical there = index::canonicalise(live, rules);
    const index::Canonical here = index::canonicalise(wanted, rules);
    return there.signature == here.signature && index::differences(here, there).empty();
}

}  // namespace

const SyncRecord* successor_of(const std::vector<SyncRecord>& records, std::size_t dropped) {
    const SyncRecord& drop = records[dropped];
    if (drop.action != index::Action::drop) return nullptr;
    const index::Spec gone = index::Spec::from_document(drop.definition);
    for (std::size_t at = 0; at < records.size(); ++at) {
        const SyncRecord& other = records[at];
        if (other.action != index::Action::create || other.status != RecordStatus::completed ||
            other.collection != drop.collection)
            continue;
        const bool conflicts = cannot_live_beside(index::Spec::from_document(other.definition), gone);
        const bool same_definition = other.definition_id && other.definition_id == drop.definition_id;
        // What was built before the drop took its place only when the two lived side by side.
        if (at < dropped ? same_definition && !conflicts : same_definition || conflicts) return &other;
    }
    return nullptr;
}

Result<Restoration> restoration_of(const Sync& sync, const std::optional<IndexPlace>& only) {
    if (only) return one_index(sync, *only);
    Restoration restoration{.of = sync.id, .indexes = {}};
    for (std::size_t at = 0; at < sync.records.size(); ++at) {
        if (took_away(sync.records[at]) && successor_of(sync.records, at) == nullptr)
            keep_last(restoration.indexes, restored(sync.records[at]));
    }
    if (restoration.indexes.empty()) return nothing_to_restore();
    return restoration;
}

index::Plan restoration_plan(const Restoration& restoration, const std::vector<index::LiveCollection>& live,
                             index::ServerVersion version, const std::string& db_name) {
    index::Plan plan;
    for (const RestoredIndex& wanted : restoration.indexes) {
        const index::LiveCollection* collection = live_collection(live, wanted.collection);
        const index::Spec* there = live_index(collection, wanted.spec.name);
        const bool builds = wanted.way == RestoredIndex::Way::build;
        const index::Spec spec = builds ? wanted.spec : shown(wanted.spec);
        if (there != nullptr && same_index(*there, spec, {version, collection->traits})) continue;
        if (there != nullptr && !builds && carries_hidden(there->options)) {
            plan.operations.push_back(show_operation(wanted, *there, db_name));
        } else {
            plan.operations.push_back(build_operation(wanted, spec, db_name));
        }
    }
    return plan;
}

}  // namespace mim::app
