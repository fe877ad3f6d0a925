#pragma once

#include <string>

#include "base/id.hpp"
#include "base/time.hpp"
#include "index/definition/spec.hpp"

namespace mim::app {

// One desired index of the registry. `signature` is derived from `spec` (app/definition_identity.hpp); the
// store keeps it unique within (database, collection), as it does the name.
struct Definition {
    DefinitionId id = DefinitionId::generate();
    DatabaseId database;
    Timestamp created_at{};
    Timestamp updated_at{};
    std::string collection{};
    index::Spec spec{};
    std::string signature{};
};

struct CollectionSummary {
    std::string collection;
    std::int64_t total_indexes = 0;
};

}  // namespace mim::app
