// The small part of aggregation expressions that clients of the sandbox need: "$path", "$$ROOT", literals,
// documents of expressions, $literal, $ifNull, $type, $eq, $cond, $isArray, $setUnion. Any other operator is
// refused.
#pragma once

#include <optional>

#include "sandbox/query/order.hpp"
#include "sandbox/refusal.hpp"

namespace mim::sandbox::query {

// None = missing. `letters`: what $setUnion holds to be equal.
[[nodiscard]] Answer<std::optional<bson::Value>> evaluate(const bson::ValueView& expression,
                                                          bson::DocumentView document,
                                                          Letters letters = Letters::exact);

}  // namespace mim::sandbox::query
