// When the same index under another name must be renamed after all, that is, built again.
#pragma once

#include <vector>

#include "index/comparison/pairing.hpp"

namespace mim::index {

// One per definition. `keep`: nothing to do about the name (equal, or paired under another name that disturbs
// nobody).
enum class Renaming { keep, wanted, needed };

// What the pairs mean for names: under NamePolicy::strict every other name is `wanted` away. Under `identity`
// it is `needed` only where the live name belongs to another definition that has to be built: MongoDB would
// refuse that (86). `builds[i]` tells whether definition i has to be built for another reason (missing, or
// changed and recreated).
[[nodiscard]] std::vector<Renaming> renamings(const std::vector<DesiredEntry>& desired,
                                              const std::vector<LiveEntry>& live, const Pairing& pairing,
                                              const std::vector<char>& builds, NamePolicy policy);

}  // namespace mim::index
