// The $group stage: _id by expression; $sum, $count, $first, $last, $min, $max, $push, $addToSet.
#pragma once

#include <vector>

#include "sandbox/query/order.hpp"
#include "sandbox/refusal.hpp"

namespace mim::sandbox::query {

[[nodiscard]] Answer<std::vector<bson::Document>> group(const std::vector<bson::Document>& documents,
                                                        bson::DocumentView specification,
                                                        Letters letters = Letters::exact);

}  // namespace mim::sandbox::query
