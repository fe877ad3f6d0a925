#include "index/plan/plan.hpp"

#include <array>
#include <utility>

#include "index/plan/fingerprint.hpp"
#include "index/plan/ordering.hpp"

namespace mim::index {
namespace {

constexpr std::array<std::pair<Action, std::string_view>, 7> action_names{{
    {Action::create, "create"},
    {Action::drop, "drop"},
    {Action::modify, "modify"},
    {Action::hide, "hide"},
    {Action::define, "define"},
    {Action::redefine, "redefine"},
    {Action::forget, "forget"},
}};

}  // namespace

std::string_view to_string(Action action) {
    for (const auto& [known, name] : action_names) {
        if (known == action) return name;
    }
    return "unknown";
}

std::optional<Action> parse_action(std::string_view text) {
    for (const auto& [action, name] : action_names) {
        if (name == text) return action;
    }
    return std::nullopt;
}

std::string_view to_string(Risk risk) {
    switch (risk) {
        case Risk::safe:
            return "safe";
        case Risk::caution:
            return "caution";
        case Risk::destructive:
            return "destructive";
    }
    return "unknown";
}

Plan make_plan(const std::vector<CollectionComparison>& comparisons, const PlanOptions& options) {
    Plan plan;
    for (const CollectionComparison& collection : comparisons) {
        append_operations(PlanScope(collection, options), plan.operations);
    }
    plan.fingerprint = fingerprint_of(comparisons, options);
    return plan;
}

}  // namespace mim::index
