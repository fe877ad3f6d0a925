// How many bytes of memory comparisons take of what targets sent, so that a call can be bounded. Pure.
#pragma once

#include <cstddef>

#include "index/comparison/comparison.hpp"

namespace mim::index {

// At most, while `live` is compared and told: texts of its indexes stand in signatures, in options and in
// notes, and there a byte may take six characters.
[[nodiscard]] std::size_t bytes_to_compare(const LiveCollection& live);

// Of what came from the target: definitions are the user's own.
[[nodiscard]] std::size_t held_bytes(const CollectionComparison& comparison);

}  // namespace mim::index
