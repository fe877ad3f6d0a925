// The options of `create`, judged and written as the catalog stores them.
#pragma once

#include "index/definition/collection_traits.hpp"
#include "index/definition/server_version.hpp"
#include "sandbox/refusal.hpp"
#include "sandbox/request.hpp"

namespace mim::sandbox::commands {

// Unknown options (40415), wrong types (14), impossible combinations (72) are refused; collations are
// expanded.
[[nodiscard]] Answer<index::CollectionTraits> collection_traits(const Request& request,
                                                                index::ServerVersion version);

}  // namespace mim::sandbox::commands
