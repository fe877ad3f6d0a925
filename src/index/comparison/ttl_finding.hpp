// A lifetime that is not what it seems: MongoDB deletes nothing by it, or other documents than it says.
#pragma once

#include <optional>

#include "index/comparison/comparison.hpp"

namespace mim::index {

// `wanted` is the definition that the index belongs to, or null; `program` is the version of the server's
// binary, which lists and deletes by it whatever its feature compatibility version is. None for an index that
// expires documents as it says, or not at all. Source: semantics section 2.1.
[[nodiscard]] std::optional<Note> ttl_finding(const Spec& listed, const Spec* wanted, ServerVersion program);

}  // namespace mim::index
