// Whether one index makes another unnecessary. Source: semantics section 11; conservative by intent.
#pragma once

#include <optional>
#include <string>

#include "index/definition/rule_context.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

// The proof in words when `other` serves every query that `candidate` serves; none when it does not, or not
// surely.
[[nodiscard]] std::optional<std::string> covered_by(const Spec& candidate, const Spec& other,
                                                    const RuleContext& context);

}  // namespace mim::index
