// Makes the single operations of a plan, each with its statement and its words; their order is
// ordering.hpp's.
#pragma once

#include "index/plan/operation_wording.hpp"
#include "index/plan/plan.hpp"

namespace mim::index {

// What every operation of one collection needs to know. Borrows; lives as long as the planning of the
// collection.
struct PlanScope {
    const CollectionComparison& collection;
    const PlanOptions& options;
    RuleContext rules;

    PlanScope(const CollectionComparison& compared, const PlanOptions& chosen)
        : collection(compared), options(chosen), rules{chosen.version, compared.traits} {}
};

[[nodiscard]] Operation create_operation(const PlanScope& scope, const Desired& desired, Wording words);
[[nodiscard]] Operation drop_operation(const PlanScope& scope, const LiveIndex& live, Wording words);
// `changes` are those of in_place_changes. The index keeps its live name.
[[nodiscard]] Operation modify_operation(const PlanScope& scope, const Changed& changed,
                                         std::vector<bson::Document> changes);
[[nodiscard]] Operation hide_operation(const PlanScope& scope, const LiveIndex& live);
[[nodiscard]] Operation define_operation(const PlanScope& scope, const LiveIndex& live);
[[nodiscard]] Operation redefine_operation(const PlanScope& scope, const Changed& changed);
[[nodiscard]] Operation forget_operation(const PlanScope& scope, const Desired& desired);

}  // namespace mim::index
