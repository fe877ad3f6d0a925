#include "app/sync_run/replacements.hpp"

#include <algorithm>

#include "app/restoration.hpp"

namespace mim::app {
namespace {

const LostIndex* lost_for(const std::vector<LostIndex>& lost, const std::string& collection,
                          const std::optional<DefinitionId>& definition) {
    const auto found = std::find_if(lost.begin(), lost.end(), [&](const LostIndex& one) {
        return one.collection == collection && definition == one.definition;
    });
    return found == lost.end() ? nullptr : &*found;
}

// Takes the definitions whose old index is lost out of `comparisons`, into comparisons of their own.
std::vector<index::CollectionComparison> split_off(const std::vector<LostIndex>& lost,
                                                   std::vector<index::CollectionComparison>& comparisons) {
    std::vector<index::CollectionComparison> apart;
    for (index::CollectionComparison& one : comparisons) {
        const auto is_lost = [&](const index::Missing& missing) {
            return lost_for(lost, one.collection, missing.desired.id) != nullptr;
        };
        index::CollectionComparison half = one;
        std::erase_if(half.missing, [&](const index::Missing& missing) { return !is_lost(missing); });
        std::erase_if(one.missing, is_lost);
        if (!half.missing.empty()) apart.push_back(std::move(half));
    }
    return apart;
}

void append_plan(index::Plan& to, index::Plan from) {
    const std::size_t offset = to.operations.size();
    for (index::Operation& operation : from.operations) {
        if (operation.after_success_of) *operation.after_success_of += offset;
        if (operation.restores) *operation.restores += offset;
        to.operations.push_back(std::move(operation));
    }
    to.fingerprint = std::move(from.fingerprint);
}

}  // namespace

std::vector<LostIndex> lost_in(const std::vector<SyncRecord>& records) {
    std::vector<LostIndex> lost;
    for (std::size_t at = 0; at < records.size(); ++at) {
        const SyncRecord& record = records[at];
        if (record.action != index::Action::drop || record.status != RecordStatus::completed) continue;
        if (!record.definition_id || successor_of(records, at) != nullptr) continue;
        lost.push_back({.definition = *record.definition_id,
                        .collection = record.collection,
                        .spec = index::Spec::from_document(record.definition)});
    }
    return lost;
}

std::vector<std::string> names_of(const std::vector<LostIndex>& lost) {
    std::vector<std::string> names;
    for (const LostIndex& one : lost) names.push_back(one.collection + "." + one.spec.name);
    return names;
}

TakeoverPlan plan_after(const std::vector<LostIndex>& lost,
                        std::vector<index::CollectionComparison> comparisons,
                        const index::PlanOptions& options) {
    TakeoverPlan made;
    if (!lost.empty() && options.missing != index::MissingChoice::create) {
        index::PlanOptions only_builds = options;
        only_builds.missing = index::MissingChoice::create;
        only_builds.extra = index::ExtraChoice::leave;
        only_builds.changed = index::ChangedChoice::leave;
        append_plan(made.plan, index::make_plan(split_off(lost, comparisons), only_builds));
    }
    append_plan(made.plan, index::make_plan(comparisons, options));
    for (std::size_t at = 0; at < made.plan.operations.size(); ++at) {
        const index::Operation& operation = made.plan.operations[at];
        if (operation.action != index::Action::create || operation.restores) continue;
        const LostIndex* old = lost_for(lost, operation.collection, operation.definition);
        if (old == nullptr) continue;
        index::Operation dropped;
        dropped.collection = old->collection;
        dropped.index = old->spec.name;
        dropped.action = index::Action::drop;
        dropped.spec = old->spec;
        made.lost.emplace(at, std::move(dropped));
    }
    return made;
}

}  // namespace mim::app
