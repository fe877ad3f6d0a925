// What a 2dsphere index can hold. Source: mongo src/mongo/db/index/expression_keys_private.cpp (getS2Keys)
// and geo/geoparser.cpp, as far as the form goes; whether rings close and lines cross is not looked at.
#pragma once

#include "bson/value.hpp"

namespace mim::sandbox::catalog {

// GeoJSON, a legacy pair of coordinates, or a list of such.
[[nodiscard]] bool is_geometry(const bson::ValueView& value);

}  // namespace mim::sandbox::catalog
