// The documents behind a name: of a collection, of a view through its pipeline, none of a missing collection.
#pragma once

#include <vector>

#include "sandbox/commands/command.hpp"
#include "sandbox/query/filter.hpp"
#include "sandbox/query/order.hpp"

namespace mim::sandbox::commands {

[[nodiscard]] Answer<std::vector<bson::Document>> read_documents(Instance& instance,
                                                                 const catalog::Name& name,
                                                                 const query::Filter& filter);
// Runs stages over documents, from the given position of the pipeline on.
[[nodiscard]] Answer<std::vector<bson::Document>> run_stages(std::vector<bson::Document> documents,
                                                             bson::DocumentView pipeline, std::size_t from,
                                                             query::Letters letters = query::Letters::exact);

}  // namespace mim::sandbox::commands
