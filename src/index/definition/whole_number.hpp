// A number as the server makes a whole one of it, whatever type it was sent in. Source: mongo
// src/mongo/bson/bsonelement.h (safeNumberLong).
#pragma once

#include <cstdint>

#include "bson/value.hpp"

namespace mim::index {

// A Decimal128 is rounded half to even, any other fraction is cut; NaN is 0, and what an int64 cannot hold
// becomes the nearest that it can. What is no number is 0.
[[nodiscard]] std::int64_t whole_number(const bson::ValueView& value);

}  // namespace mim::index
