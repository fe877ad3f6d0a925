// What kind of index a key pattern makes. Source: mongo src/mongo/db/index_names.cpp.
#pragma once

#include <string_view>

#include "bson/document.hpp"

namespace mim::index {

enum class KeyType { btree, text, planar_2d, sphere_2d, hashed, wildcard };

// The first string value names the type, else a `$**` field makes a wildcard, else b-tree. A text pattern is
// recognised in the user's form and in the stored one (`_fts`/`_ftsx`). Unknown strings count as btree: rules
// refuse them.
[[nodiscard]] KeyType key_type(bson::DocumentView key);
[[nodiscard]] std::string_view to_string(
    KeyType type);  // "text", "2d", "2dsphere", "hashed", "wildcard", "btree"

}  // namespace mim::index
