// Aggregation stages that work on documents alone: $match, $group, $count, $limit, $skip, $sort, $project,
// $unset, $unwind. Stages that ask the server ($listCatalog, $indexStats …) are the commands' business and
// come before these.
#pragma once

#include <vector>

#include "sandbox/query/order.hpp"
#include "sandbox/refusal.hpp"

namespace mim::sandbox::query {

// One stage: {$match: {…}}. An unknown one is refused (40324). `letters` is what the collation holds to be
// equal in $group and $project; $match and $sort know none.
[[nodiscard]] Answer<std::vector<bson::Document>> run_stage(std::vector<bson::Document> documents,
                                                            bson::DocumentView stage,
                                                            Letters letters = Letters::exact);
// The stage's only field, or a refusal when it has not exactly one.
[[nodiscard]] Answer<bson::ValueView> stage_of(const bson::ValueView& element);

}  // namespace mim::sandbox::query
