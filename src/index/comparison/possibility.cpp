#include "index/comparison/possibility.hpp"

#include <algorithm>

#include "index/comparison/notes.hpp"

namespace mim::index {
namespace {

using Specs = std::vector<const Spec*>;

Specs specs_to_build(const CollectionComparison& compared) {
    Specs specs;
    for (const Missing& one : compared.missing) specs.push_back(&one.desired.spec);
    for (const Changed& one : compared.changed) {
        if (one.resolution == Resolution::recreate) specs.push_back(&one.desired.spec);
    }
    return specs;
}

Specs all_specs(const CollectionComparison& compared) {
    Specs specs;
    for (const Missing& one : compared.missing) specs.push_back(&one.desired.spec);
    for (const Matched& one : compared.matched) specs.push_back(&one.desired.spec);
    for (const Changed& one : compared.changed) specs.push_back(&one.desired.spec);
    return specs;
}

// The definitions of one collection by the rules of one version.
class Judge {
  public:
    Judge(const Specs& specs, RuleContext rules) : specs_(specs), rules_(std::move(rules)) {
        for (const Spec* spec : specs_) signatures_.push_back(canonicalise(*spec, rules_).signature);
    }

    // None = it would be built.
    [[nodiscard]] std::optional<std::string> refusal(const Spec& wanted) const {
        if (const auto rejection = check(wanted, rules_)) return without_period(rejection->message);
        const Spec* const twin = twin_of(wanted);
        if (twin == nullptr) return std::nullopt;
        return "it takes it for the same index as " + twin->name + ", and can have one of them only";
    }

  private:
    static std::string without_period(std::string text) {
        if (text.ends_with('.')) text.pop_back();
        return text;
    }

    // The registry tells definitions apart by what MongoDB does since 5.0.
    [[nodiscard]] const Spec* twin_of(const Spec& wanted) const {
        const std::string signature = canonicalise(wanted, rules_).signature;
        for (std::size_t at = 0; at < specs_.size(); ++at) {
            if (specs_[at] != &wanted && signatures_[at] == signature) return specs_[at];
        }
        return nullptr;
    }

    const Specs& specs_;
    const RuleContext rules_;
    std::vector<std::string> signatures_;
};

std::string rules_of(ServerVersion version) {
    return "the rules of MongoDB " + version.text();
}

// Both judges know the same definitions.
struct Change {
    const Judge& now;
    const Judge& then;
    std::string rules_now, rules_then;
};

std::optional<std::string> words_of(const Change& change, const Spec& spec, const Specs& to_build) {
    const auto refused_now = change.now.refusal(spec), refused_then = change.then.refusal(spec);
    if (refused_now && !refused_then)
        return "refused now, by " + change.rules_now + ", where " + change.rules_then +
               " took it: " + *refused_now;
    // What is there was possible all the time.
    const bool is_to_build = std::find(to_build.begin(), to_build.end(), &spec) != to_build.end();
    if (refused_then && !refused_now && is_to_build)
        return "possible now, by " + change.rules_now + "; " + change.rules_then +
               " refused it: " + *refused_then;
    return std::nullopt;
}

}  // namespace

std::vector<Note> possibility_notes(const CollectionComparison& compared, const RuleContext& rules,
                                    std::optional<ServerVersion> rules_before) {
    std::vector<Note> notes;
    if (rules.collection.kind == CollectionKind::view) return notes;
    const Specs to_build = specs_to_build(compared);
    const bool changed = rules_before && *rules_before != rules.version;
    if (to_build.empty() && !changed) return notes;
    const Specs all = all_specs(compared);
    const Judge now(all, rules);
    for (const Spec* spec : to_build) {
        if (const auto why = now.refusal(*spec))
            notes.push_back({note_code::impossible_here, spec->name,
                             "this server goes by " + rules_of(rules.version) + ", and refuses it: " + *why});
    }
    if (!changed) return notes;
    const Judge then(all, {*rules_before, rules.collection});
    const Change change{now, then, rules_of(rules.version), rules_of(*rules_before)};
    for (const Spec* spec : all) {
        if (auto words = words_of(change, *spec, to_build))
            notes.push_back({note_code::rules_changed, spec->name, std::move(*words)});
    }
    return notes;
}

}  // namespace mim::index
