// The types that Extended JSON writes as an object of one member: {"$oid": "…"}. Internal to this room.
#pragma once

#include "bson/extended_field.hpp"

namespace mim::bson {

struct ExtendedType {
    std::string_view name;
    Done (*append)(const Field& field, const JsonNode& value);
};
// Null when no type is written so.
[[nodiscard]] const ExtendedType* extended_type(std::string_view name);

}  // namespace mim::bson
