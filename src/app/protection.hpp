// What a protected database asks of whoever changes it: an administrator for all that takes something away,
// and for every sync the fingerprint of a plan that somebody has seen. Pure.
#pragma once

#include "app/model/database.hpp"
#include "app/model/sync.hpp"
#include "app/model/user.hpp"
#include "base/result.hpp"

namespace mim::app {

// Drops, replaces or hides an index, deletes documents, or loses an entry of the registry.
[[nodiscard]] bool takes_away(const index::Operation& operation);

// protected_database, unless `role` may do it. `what` begins a sentence: "Dropping a collection".
[[nodiscard]] Done check_removal(const Database& database, Role role, std::string_view what);

// The same for every operation of the plan.
[[nodiscard]] Done check_plan(const Database& database, Role role, const index::Plan& plan);

// invalid_input (fingerprint).
[[nodiscard]] Done check_fingerprint_given(const Database& database,
                                           const std::optional<std::string>& fingerprint);

// What a worker asks before its first operation. The database may have become protected since the sync was
// submitted; and after a takeover, when the fingerprint no longer fits, nothing may be taken away that was
// not in the plan before.
[[nodiscard]] Done check_run(const Database& database, const Sync& sync, const index::Plan& plan);

}  // namespace mim::app
