// Makes BSON of a tree of JSON. libbson's reader is not used: versions differ in what they take, and some
// take what they cannot read ("x" for a number). Internal to this room.
#pragma once

#include "bson/json_tree.hpp"
#include "bson/value.hpp"

namespace mim::bson {

// Every member of an object, or item of an array, with its Extended JSON understood. The outermost object is
// always a document: {"$oid": "…"} there is a field of that name.
[[nodiscard]] Done append_children(bson_t& into, const JsonNode& parent);

}  // namespace mim::bson
