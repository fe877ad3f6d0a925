// What `create` may say of the index that a collection is born with: idIndex and clusteredIndex. Sources:
// mongo src/mongo/db/create_command.cpp, catalog/clustered_collection_util.cpp and
// catalog/index_key_validate.cpp (validateIdIndexSpec); the vectors of the groups idindex and clustered.
#pragma once

#include "index/definition/rule_context.hpp"
#include "sandbox/arguments.hpp"

namespace mim::sandbox::commands {

// As the collection's options keep it; none when the collection is not clustered.
[[nodiscard]] Answer<std::optional<bson::Document>> clustered_index(const Request& request,
                                                                    index::ServerVersion version);
// The index on _id that is asked for, given what the collection will be; none when nothing is said of it.
[[nodiscard]] Answer<std::optional<bson::Document>> id_index(const Request& request,
                                                             const index::RuleContext& context);

}  // namespace mim::sandbox::commands
