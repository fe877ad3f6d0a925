#include "index/plan/successor.hpp"

#include "index/comparison/coverage.hpp"
#include "index/definition/key_type.hpp"

namespace mim::index {
namespace {

bool serves_only_some(const Spec& spec) {
    const auto sparse = spec.options.find("sparse"), hidden = spec.options.find("hidden");
    return (sparse && sparse->truthy()) || (hidden && hidden->truthy()) ||
           spec.options.contains("partialFilterExpression");
}

bool same_collation(const Spec& left, const Spec& right, const RuleContext& context) {
    const auto a = canonicalise(left, context), b = canonicalise(right, context);
    const auto one = a.options.find("collation"), other = b.options.find("collation");
    const bool absent = one == a.options.end();
    if (absent || other == b.options.end()) return absent && other == b.options.end();
    return one->second.text == other->second.text;
}

}  // namespace

Successors::Successors(const PlanScope& scope, const std::vector<Operation>& operations, std::size_t first)
    : scope_(scope) {
    for (std::size_t at = first; at < operations.size(); ++at) {
        const Operation& one = operations[at];
        if (one.action != Action::create || !one.listed || one.spec.key.empty()) continue;
        const bson::ValueView field = *one.spec.key.begin();
        by_first_field_[std::string(field.key())].push_back({at, one.spec});
    }
}

std::optional<std::size_t> Successors::of(const LiveIndex& dropped) const {
    const Spec& spec = dropped.spec;
    if (spec.key.empty() || key_type(spec.key) != KeyType::btree) return std::nullopt;
    const bson::ValueView field = *spec.key.begin();
    const auto group = by_first_field_.find(std::string(field.key()));
    if (group == by_first_field_.end()) return std::nullopt;
    for (const Built& built : group->second) {
        const bool same_key = bson::equal_by_value(built.spec.key, spec.key) &&
                              !serves_only_some(built.spec) && same_collation(built.spec, spec, scope_.rules);
        if (same_key || covered_by(spec, built.spec, scope_.rules)) return built.position;
    }
    return std::nullopt;
}

}  // namespace mim::index
