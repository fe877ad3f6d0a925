// The operations of a plan that change the registry, as one change that happens whole or not at all. What
// cannot be (a name that is taken, a definition that somebody edited meanwhile) is left out, each with its
// reason.
#pragma once

#include <map>

#include "app/ports/definition_store.hpp"
#include "index/plan/plan.hpp"

namespace mim::app {

struct RegistryBatch {
    DefinitionChanges changes;
    std::map<std::size_t, std::string> refusals;  // position in `operations` → why it is left out
};

// `definitions`: all of the database's that share a collection with an operation, as they are now.
[[nodiscard]] RegistryBatch make_registry_batch(const DatabaseId& database,
                                                const std::vector<const index::Operation*>& operations,
                                                const std::vector<Definition>& definitions, Timestamp now);

}  // namespace mim::app
