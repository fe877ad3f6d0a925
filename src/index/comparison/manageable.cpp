#include "index/comparison/manageable.hpp"

#include "index/definition/stored_form.hpp"
#include "index/rules/rules.hpp"

namespace mim::index {

std::optional<std::string> why_not_built_again(const Spec& listed, const RuleContext& context) {
    const auto rejection = check(user_form(listed, context), context);
    if (!rejection) return std::nullopt;
    std::string why = "MongoDB " + context.version.text() + " would not build it anew: " + rejection->message;
    if (why.ends_with('.')) why.pop_back();  // others go on after it
    return why;
}

std::optional<Unmanageable> why_unmanageable(const LiveIndex& live, const RuleContext& context) {
    if (live.state == LiveIndex::State::building) return Unmanageable{"it is still being built"};
    if (auto why = why_not_built_again(live.spec, context))
        return Unmanageable{std::move(*why), Unmanageable::Rebuild::impossible};
    return std::nullopt;
}

bool cannot_be_built_again(const Redundant& redundant) {
    return redundant.unmanageable && redundant.unmanageable->rebuild == Unmanageable::Rebuild::impossible;
}

std::string text_of(const Unmanageable& unmanageable) {
    std::string text = "an import leaves it out: " + unmanageable.why;
    if (unmanageable.rebuild == Unmanageable::Rebuild::impossible)
        text += "; once it is dropped, nobody can build it again";
    return text;
}

}  // namespace mim::index
