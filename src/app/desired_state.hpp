// The registry's side and the target's side brought together. Used by everyone who compares, so that a plan
// that was shown and the plan that a worker makes cannot differ by accident.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/model/definition.hpp"
#include "app/model/sync.hpp"
#include "base/result.hpp"
#include "index/comparison/comparison.hpp"
#include "index/plan/plan.hpp"

namespace mim::app {

// invalid_input (collections): none, one twice, or no name of a collection.
[[nodiscard]] Done check_collections(const std::vector<std::string>& collections);

// Of those asked for by name. not_found, naming each that has no definition and is not among `live` (missing
// ones do not count): most likely its name is mistyped, and "nothing to do" would be a false answer.
[[nodiscard]] Done check_known(const std::vector<std::string>& asked,
                               const std::vector<Definition>& definitions,
                               const std::vector<index::LiveCollection>& live);
// Of those asked for, the ones without a definition.
[[nodiscard]] std::vector<std::string> without_definition(const std::vector<std::string>& asked,
                                                          const std::vector<Definition>& definitions);

// Sorted, each once.
[[nodiscard]] std::vector<std::string> collections_of(const std::vector<Definition>& definitions);

// One comparison for each of `live`, in that order. What it takes counts as held by the present call
// (base/call_memory.hpp): target_too_large and not_ready when it may not hold so much.
[[nodiscard]] Result<std::vector<index::CollectionComparison>> compare_all(
    const std::vector<Definition>& definitions, const std::vector<index::LiveCollection>& live,
    const index::CompareOptions& options);
// The same, and lets go of each collection once it is compared: of a large database the call holds either.
[[nodiscard]] Result<std::vector<index::CollectionComparison>> compare_all(
    const std::vector<Definition>& definitions, std::vector<index::LiveCollection>&& live,
    const index::CompareOptions& options);

[[nodiscard]] index::PlanOptions plan_options(const SyncOptions& options, index::ServerVersion version,
                                              const std::string& db_name);

}  // namespace mim::app
