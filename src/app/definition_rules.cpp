#include "app/definition_rules.hpp"

#include <algorithm>

#include "app/earlier_meaning.hpp"
#include "base/server_code.hpp"
#include "bson/builder.hpp"
#include "index/definition/readability.hpp"
#include "index/definition/stored_form.hpp"
#include "index/rules/rules.hpp"

namespace mim::app {
namespace {

// The store refuses it beside such a one, and says which one it was.
bool is_for_the_store(const Definition& other, const Definition& wanted) {
    return other.spec.name == wanted.spec.name || is_same_index(other, wanted);
}

}  // namespace

DefinitionRules::DefinitionRules(const std::optional<SeenServer>& seen)
    : rules_{.version = seen ? seen->release.rules() : newest_server, .collection = {}},
      judge_(seen ? seen->release.text() : "by the newest rules: nobody has looked at the target yet") {}

std::string DefinitionRules::told(std::string rule) const {
    if (rule.ends_with('.')) rule.pop_back();
    return rule + " (" + judge_ + ").";
}

void DefinitionRules::check_spec(std::vector<FieldError>& bad, const index::Spec& spec) const {
    if (spec.is_id_index()) {
        bad.push_back({"key", "MongoDB keeps the _id index by itself: it is not defined here."});
        return;
    }
    if (const auto rejection = index::check(spec, rules_)) {
        bad.push_back({rejection->field.empty() ? "key" : rejection->field, told(rejection->message)});
    }
    const bool judged = !bad.empty() && bad.back().path == "name";
    if (!judged && spec.name.size() > index::longest_live_name) {
        bad.push_back({"name", "A name has at most " + std::to_string(index::longest_live_name) +
                                   " bytes here, this one has " + std::to_string(spec.name.size()) +
                                   ": give it a shorter one."});
    }
}

Done DefinitionRules::check_old_identity(const Definition& wanted,
                                         const std::vector<Definition>& others) const {
    if (rules_.version >= index::version_5_0) return {};
    const index::Spec incoming = index::stored_form(wanted.spec, rules_);
    for (const Definition& other : others) {
        const auto meeting = index::meet(index::stored_form(other.spec, rules_), incoming, rules_);
        if (meeting == index::Meeting::unrelated) continue;
        return invalid_field(
            "keys", told("Before MongoDB 5.0 this is the same index as " + other.spec.name + " (" +
                         other.id.text() + "): beside each other they need other keys or collations."));
    }
    return {};
}

Done DefinitionRules::check_company(const Definition& wanted, const std::vector<Definition>& others) const {
    const auto is_taken = [&wanted](const Definition& other) { return is_for_the_store(other, wanted); };
    if (std::any_of(others.begin(), others.end(), is_taken)) return {};
    MIM_CHECK(check_old_identity(wanted, others));
    std::vector<index::Spec> existing{index::Spec{"_id_", bson::Builder().add("_id", 1).take(), {}}};
    for (const Definition& other : others) existing.push_back(index::stored_form(other.spec, rules_));
    const auto acceptance = index::accept(existing, index::stored_form(wanted.spec, rules_), rules_);
    const bool by_rule = acceptance.kind == index::Acceptance::Kind::refused &&
                         acceptance.rejection->code == server_code::cannot_create_index;
    if (!by_rule) return {};
    return invalid_field("keys", told(acceptance.rejection->message));
}

}  // namespace mim::app
