// Which definition and which live index are the same thing. By identity first, then by name; each at most
// once.
#pragma once

#include <optional>
#include <vector>

#include "index/comparison/comparison.hpp"

namespace mim::index {

struct DesiredEntry {
    const Desired* desired = nullptr;
    Canonical canonical;
};
struct LiveEntry {
    const LiveIndex* live = nullptr;
    Canonical canonical;
};

// `desired[i]` belongs to live index `partner[i]`; none = missing. What no definition claims is redundant.
struct Pairing {
    std::vector<std::optional<std::size_t>> partner;
    std::vector<char> claimed;  // of each live index: 1 when a definition has it
};

// Both sorted by name, so that the outcome does not depend on the order in which they were read. Linear.
[[nodiscard]] Pairing pair_up(const std::vector<DesiredEntry>& desired, const std::vector<LiveEntry>& live);

}  // namespace mim::index
