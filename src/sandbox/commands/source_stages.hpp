// Aggregation stages that ask the server itself and so come first: $listCatalog, $indexStats, $collStats,
// $currentOp.
#pragma once

#include <vector>

#include "sandbox/commands/command.hpp"

namespace mim::sandbox::commands {

// None when the stage is not of this kind. `collection` is none for {aggregate: 1}.
[[nodiscard]] Answer<std::optional<std::vector<bson::Document>>> run_source_stage(
    Instance& instance, const Request& request, const std::optional<catalog::Name>& collection,
    const bson::ValueView& stage);

}  // namespace mim::sandbox::commands
