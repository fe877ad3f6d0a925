#include "index/rules/in_place.hpp"

#include <algorithm>
#include <limits>

#include "bson/builder.hpp"
#include "index/definition/index_option.hpp"

namespace mim::index {
namespace {

using Differences = std::vector<OptionDifference>;

const OptionDifference* find(const Differences& differences, std::string_view option) {
    const auto found = std::find_if(differences.begin(), differences.end(),
                                    [&](const auto& difference) { return difference.option == option; });
    return found == differences.end() ? nullptr : &*found;
}

bool collmod_knows(const OptionDifference& difference) {
    const IndexOption* const option = find_index_option(difference.option);
    return option != nullptr && option->altered_since;
}

bson::Builder change_of(const Spec& live) {
    bson::Builder change;
    change.add("name", live.name);
    return change;
}

// Seconds and visibility go in one command. None when the seconds cannot be set so: there is no way back from
// TTL.
std::optional<std::vector<bson::Document>> plain_changes(const Spec& live, const Differences& differences) {
    const auto* const expiry = find(differences, "expireAfterSeconds");
    const auto* const hidden = find(differences, "hidden");
    if (!expiry && !hidden) return std::vector<bson::Document>{};
    auto change = change_of(live);
    if (expiry) {
        const auto seconds = expiry->registry ? expiry->registry->view().number() : std::nullopt;
        if (!seconds || !(*seconds >= 0 && *seconds <= std::numeric_limits<std::int32_t>::max()))
            return std::nullopt;
        change.add("expireAfterSeconds", static_cast<std::int32_t>(*seconds));
    }
    if (hidden) change.add("hidden", hidden->registry.has_value());
    return std::vector{change.take()};
}

// From prepareUnique to unique is one way, and takes prepareUnique away by itself.
std::optional<std::vector<bson::Document>> uniqueness_changes(const Spec& live,
                                                              const Differences& differences) {
    const auto* const unique = find(differences, "unique");
    const auto* const prepared = find(differences, "prepareUnique");
    std::vector<bson::Document> changes;
    if (unique && !unique->registry) return std::nullopt;
    if (unique) {
        const auto before = live.options.find("prepareUnique");
        if (!before || !before->truthy())
            changes.push_back(change_of(live).add("prepareUnique", true).take());
        changes.push_back(change_of(live).add("unique", true).take());
    } else if (prepared) {
        changes.push_back(change_of(live).add("prepareUnique", prepared->registry.has_value()).take());
    }
    return changes;
}

// Tried on a copy of the one index: what `modify` refuses, the server would refuse.
bool server_would_do(const Spec& live, const std::vector<bson::Document>& changes,
                     const RuleContext& context) {
    std::vector<Spec> indexes{live};
    for (const auto& change : changes) {
        const auto outcome = modify(indexes, change, context);
        if (!outcome.modified) return false;
        indexes.front() = outcome.modified->after;
    }
    return true;
}

}  // namespace

std::optional<std::vector<bson::Document>> in_place_changes(const Spec& live, const Spec& wanted,
                                                            const RuleContext& context) {
    const auto found = differences(canonicalise(wanted, context), canonicalise(live, context));
    if (found.empty() || !std::all_of(found.begin(), found.end(), collmod_knows)) return std::nullopt;
    auto changes = plain_changes(live, found);
    auto uniqueness = uniqueness_changes(live, found);
    if (!changes || !uniqueness) return std::nullopt;
    std::move(uniqueness->begin(), uniqueness->end(), std::back_inserter(*changes));
    if (!server_would_do(live, *changes, context)) return std::nullopt;
    return changes;
}

}  // namespace mim::index
