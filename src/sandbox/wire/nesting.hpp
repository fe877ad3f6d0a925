// How deep BSON from outside is nested, found without recursion into it. libbson's own validation recurses
// without a limit, so hostile bytes must pass here first.
#pragma once

#include <cstdint>
#include <span>

namespace mim::sandbox::wire {

inline constexpr int deepest_nesting = 180;  // MongoDB's BSONDepth limit for what arrives on the wire

// False when `bytes` is nested deeper than the limit, or is so broken that it cannot be walked.
[[nodiscard]] bool nesting_is_bounded(std::span<const std::uint8_t> bytes);

}  // namespace mim::sandbox::wire
