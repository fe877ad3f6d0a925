#include "app/desired_state.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "app/earlier_meaning.hpp"
#include "base/call_memory.hpp"
#include "index/comparison/held_bytes.hpp"
#include "index/definition/held_bytes.hpp"
#include "index/rules/rules.hpp"

namespace mim::app {
namespace {

using DefinitionsByCollection = std::unordered_map<std::string_view, std::vector<const Definition*>>;

DefinitionsByCollection by_collection(const std::vector<Definition>& definitions) {
    DefinitionsByCollection defined;
    for (const Definition& definition : definitions) defined[definition.collection].push_back(&definition);
    return defined;
}

// The most that it can take is charged before, and then what it does take.
Result<index::CollectionComparison> compare_one(const std::vector<const Definition*>& definitions,
                                                const index::LiveCollection& live,
                                                const index::CompareOptions& options) {
    const std::size_t most = index::bytes_to_compare(live);
    MIM_CHECK(CallMemory::add(most));
    std::vector<index::Desired> desired;
    desired.reserve(definitions.size());
    for (const Definition* definition : definitions)
        desired.push_back({definition->id, meant_beside(live, *definition, options.version)});
    index::CollectionComparison comparison = index::compare(desired, live, options);
    CallMemory::give_back(most);
    MIM_CHECK(CallMemory::add(index::held_bytes(comparison)));
    return comparison;
}

// One that is missing came of the question, not of the answer.
void let_go(index::LiveCollection& live) {
    if (live.traits.kind != index::CollectionKind::missing) CallMemory::give_back(index::held_bytes(live));
    live = {};
}

}  // namespace

Done check_collections(const std::vector<std::string>& collections) {
    std::vector<FieldError> bad;
    if (collections.empty()) bad.push_back({"collections", "must name at least one collection"});
    std::set<std::string_view> seen;
    for (std::size_t at = 0; at < collections.size(); ++at) {
        const std::string path = "collections[" + std::to_string(at) + "]";
        if (const auto rejection = index::check_collection_name(collections[at])) {
            bad.push_back({path, rejection->message});
        } else if (!seen.insert(collections[at]).second) {
            bad.push_back({path, "names " + collections[at] + " once more: name each collection once"});
        }
    }
    if (bad.empty()) return {};
    return Error{std::move(bad)};
}

std::vector<std::string> without_definition(const std::vector<std::string>& asked,
                                            const std::vector<Definition>& definitions) {
    std::set<std::string_view> defined;
    for (const Definition& definition : definitions) defined.insert(definition.collection);
    std::vector<std::string> others;
    for (const std::string& name : asked) {
        if (!defined.contains(name)) others.push_back(name);
    }
    return others;
}

Done check_known(const std::vector<std::string>& asked, const std::vector<Definition>& definitions,
                 const std::vector<index::LiveCollection>& live) {
    std::set<std::string_view> known;
    for (const Definition& definition : definitions) known.insert(definition.collection);
    for (const index::LiveCollection& collection : live) {
        if (collection.traits.kind != index::CollectionKind::missing) known.insert(collection.name);
    }
    Error unknown{ErrorCode::not_found, "Resource not found"};
    for (std::size_t at = 0; at < asked.size(); ++at) {
        if (known.contains(asked[at])) continue;
        unknown.fields.push_back({"collections[" + std::to_string(at) + "]",
                                  "neither the registry nor the target knows " + asked[at]});
    }
    if (unknown.fields.empty()) return {};
    return unknown;
}

std::vector<std::string> collections_of(const std::vector<Definition>& definitions) {
    std::set<std::string> names;
    for (const Definition& definition : definitions) names.insert(definition.collection);
    return {names.begin(), names.end()};
}

Result<std::vector<index::CollectionComparison>> compare_all(const std::vector<Definition>& definitions,
                                                             const std::vector<index::LiveCollection>& live,
                                                             const index::CompareOptions& options) {
    DefinitionsByCollection defined = by_collection(definitions);
    std::vector<index::CollectionComparison> comparisons;
    comparisons.reserve(live.size());
    for (const index::LiveCollection& collection : live) {
        MIM_TRY(comparison, compare_one(defined[collection.name], collection, options));
        comparisons.push_back(std::move(comparison));
    }
    return comparisons;
}

Result<std::vector<index::CollectionComparison>> compare_all(const std::vector<Definition>& definitions,
                                                             std::vector<index::LiveCollection>&& live,
                                                             const index::CompareOptions& options) {
    DefinitionsByCollection defined = by_collection(definitions);
    std::vector<index::CollectionComparison> comparisons;
    comparisons.reserve(live.size());
    for (index::LiveCollection& collection : live) {
        MIM_TRY(comparison, compare_one(defined[collection.name], collection, options));
        comparisons.push_back(std::move(comparison));
        let_go(collection);
    }
    return comparisons;
}

index::PlanOptions plan_options(const SyncOptions& options, index::ServerVersion version,
                                const std::string& db_name) {
    return {.missing = options.missing,
            .extra = options.extra,
            .changed = options.changed,
            .drop_mode = options.drop_mode,
            .version = version,
            .database_name = db_name};
}

}  // namespace mim::app
