// One short text for "this registry, this database, these options".
#pragma once

#include <string>
#include <vector>

#include "index/plan/plan.hpp"

namespace mim::index {

// 32 hex digits, the same on every machine and whatever order the collections come in. Two states with the
// same canonical forms have the same fingerprint: how a number was typed or a listing ordered makes no
// difference. It tells change from no change; it is no protection against somebody who builds a collision on
// purpose.
[[nodiscard]] std::string fingerprint_of(const std::vector<CollectionComparison>& comparisons,
                                         const PlanOptions& options);

}  // namespace mim::index
