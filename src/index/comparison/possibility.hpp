// Which definitions a server refuses to build, and which of them it judged otherwise before it was upgraded.
#pragma once

#include <optional>
#include <vector>

#include "index/comparison/comparison.hpp"
#include "index/rules/rules.hpp"

namespace mim::index {

// `compared` has its lists. One note for each definition that is to be built and that `rules` refuse. Where
// `rules_before` are others, also one for each that has become impossible, though its index may be there, and
// for each that is to be built and has become possible. None of a view, which has a note of its own.
[[nodiscard]] std::vector<Note> possibility_notes(const CollectionComparison& compared,
                                                  const RuleContext& rules,
                                                  std::optional<ServerVersion> rules_before);

}  // namespace mim::index
