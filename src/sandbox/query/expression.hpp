// The small part of aggregation expressions that clients of the sandbox need: "$path", "$$ROOT", literals,
// documents of expressions, $literal, $ifNull, $type, $eq. Any other operator is refused.
#pragma once

#include <optional>

#include "sandbox/refusal.hpp"

namespace mim::sandbox::query {

// None = missing.
[[nodiscard]] Answer<std::optional<bson::Value>> evaluate(const bson::ValueView& expression,
                                                          bson::DocumentView document);

}  // namespace mim::sandbox::query
