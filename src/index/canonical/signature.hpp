// The part of a canonical form by which MongoDB tells indexes apart. Private to this room.
// Source: mongo src/mongo/db/index/index_descriptor.cpp: before 5.0 key and collation only.
#pragma once

#include "index/canonical/canonical.hpp"

namespace mim::index {

// From key_text and options, which must be filled in.
[[nodiscard]] std::string signature_of(const Canonical& canonical, ServerVersion version);

}  // namespace mim::index
