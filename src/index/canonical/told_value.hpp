// What people read of the two sides of a difference.
#pragma once

#include "index/canonical/canonical.hpp"

namespace mim::index {

// The value of a side; where it leaves the option out, the one value that leaving it out means, as a server
// lists or takes it: hidden false, default_language "english", the simple collation. None where no value
// means the same.
[[nodiscard]] std::optional<bson::Value> told_value(const OptionDifference& difference,
                                                    const std::optional<bson::Value>& side);

}  // namespace mim::index
