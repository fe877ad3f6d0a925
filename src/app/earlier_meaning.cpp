#include "app/earlier_meaning.hpp"

#include <set>

#include "app/definition_identity.hpp"
#include "index/canonical/canonical.hpp"
#include "index/definition/stored_form.hpp"

namespace mim::app {
namespace {

std::string signature_by(const index::Spec& spec, const index::RuleContext& rules) {
    return index::canonicalise(spec, rules).signature;
}

// Which identities are live, and which of them has the definition's own name.
struct LiveIdentities {
    std::set<std::string> identities;
    std::optional<std::string> of_this_name;

    LiveIdentities(const index::LiveCollection& collection, const std::string& name,
                   const index::RuleContext& rules) {
        for (const index::LiveIndex& one : collection.indexes) {
            std::string identity = signature_by(one.spec, rules);
            if (one.spec.name == name) of_this_name = identity;
            identities.insert(std::move(identity));
        }
    }
};

}  // namespace

std::optional<index::Spec> earlier_meaning(const Definition& definition) {
    if (!definition.spec.options.contains("collation")) return std::nullopt;
    index::Spec earlier = index::with_general_collation(definition.spec);
    if (earlier == definition.spec) return std::nullopt;
    const index::RuleContext rules = registry_rules();
    const bool is_told_so = definition.signature == signature_by(earlier, rules) &&
                            definition.signature != signature_by(definition.spec, rules);
    return is_told_so ? std::optional(std::move(earlier)) : std::nullopt;
}

index::Spec meant_beside(const index::LiveCollection& live, const Definition& definition,
                         index::ServerVersion version) {
    auto earlier = earlier_meaning(definition);
    if (!earlier) return definition.spec;
    const index::RuleContext rules{version, live.traits};
    const LiveIdentities found(live, definition.spec.name, rules);
    const std::string then = signature_by(*earlier, rules), now = signature_by(definition.spec, rules);
    const bool is_earlier = found.of_this_name
                                ? *found.of_this_name == then
                                : found.identities.contains(then) && !found.identities.contains(now);
    return is_earlier ? std::move(*earlier) : definition.spec;
}

bool is_same_index(const Definition& stored, const Definition& wanted) {
    return stored.signature == wanted.signature ||
           (stored.spec.options.contains("collation") &&
            signature_by(stored.spec, registry_rules()) == wanted.signature);
}

}  // namespace mim::app
