// Whether the registry could hold a live index, and MongoDB build it again from there.
#pragma once

#include <optional>
#include <string>

#include "index/comparison/comparison.hpp"

namespace mim::index {

// Why MongoDB would not build this index anew, though it has it: it may be older than a rule, or made by a
// server that knows more than the rules here. None = it can be built again from its definition.
[[nodiscard]] std::optional<std::string> why_not_built_again(const Spec& listed, const RuleContext& context);

// By itself: one that is still being built or cannot be built again. Whether a definition has its place is
// for those to say who know the definitions.
[[nodiscard]] std::optional<Unmanageable> why_unmanageable(const LiveIndex& live, const RuleContext& context);

[[nodiscard]] bool cannot_be_built_again(const Redundant& redundant);

// What people are told of it.
[[nodiscard]] std::string text_of(const Unmanageable& unmanageable);

}  // namespace mim::index
