// collMod's index changes: what can be altered without building again, and what MongoDB answers.
// Source: semantics section 6.
#pragma once

#include "index/canonical/canonical.hpp"
#include "index/rules/rules.hpp"

namespace mim::index {

// The `index: {…}` argument of collMod commands that turn `live` into `wanted`, in order (prepareUnique
// before unique); none when any difference needs a rebuild. Empty never: the two differ.
[[nodiscard]] std::optional<std::vector<bson::Document>> in_place_changes(const Spec& live,
                                                                          const Spec& wanted,
                                                                          const RuleContext& context);

// Judges and applies one raw `index` argument of collMod on the collection's indexes, as the server would.
struct Modified {
    std::size_t position = 0;  // of the index in `indexes`
    Spec after;
    bson::Document reply;  // expireAfterSeconds_old/_new, hidden_old/_new …
};
struct ModifyOutcome {
    std::optional<Rejection> rejection;
    std::optional<Modified> modified;
};
[[nodiscard]] ModifyOutcome modify(const std::vector<Spec>& indexes, bson::DocumentView argument,
                                   const RuleContext& context);

}  // namespace mim::index
