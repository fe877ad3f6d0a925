#pragma once

#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/time.hpp"
#include "index/definition/spec.hpp"

namespace mim::app {

// One desired index of the registry. `signature` and `unique_key` are derived from `spec`
// (app/definition_identity.hpp); the store keeps them unique within (database, collection), as it does the
// name.
struct Definition {
    DefinitionId id = DefinitionId::generate();
    DatabaseId database;
    Timestamp created_at{};
    Timestamp updated_at{};
    std::string collection{};
    index::Spec spec{};
    std::string signature{};
    std::optional<std::string> unique_key{};  // the key pattern's text when the index is unique; else none
};

struct CollectionSummary {
    std::string collection;
    std::int64_t total_indexes = 0;
};

}  // namespace mim::app
