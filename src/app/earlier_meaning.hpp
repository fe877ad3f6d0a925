// Definitions that an older version wrote. It filled in the same members for collations of every locale, and
// its identities say so; what such a definition means is decided by what is live, so that no index is dropped
// because we know better now. Whoever changes the definition says what is meant. Pure.
#pragma once

#include <optional>

#include "app/model/definition.hpp"
#include "index/definition/live_index.hpp"
#include "index/definition/server_version.hpp"

namespace mim::app {

// In words that mean the same today; none where the definition's identity is told as it is today.
[[nodiscard]] std::optional<index::Spec> earlier_meaning(const Definition& definition);

// Of a definition of this collection: its spec, or its earlier meaning where the live index of its name has
// that one; without a live index of its name, where only that one is live.
[[nodiscard]] index::Spec meant_beside(const index::LiveCollection& live, const Definition& definition,
                                       index::ServerVersion version);

// Whether MongoDB would hold `wanted`, which was made today, to be this stored definition.
[[nodiscard]] bool is_same_index(const Definition& stored, const Definition& wanted);

}  // namespace mim::app
