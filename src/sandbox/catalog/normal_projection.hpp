// A wildcardProjection as MongoDB 5.0 keeps and lists it; from 7.0 on it is kept as it was sent. Source: seen
// on 5.0.0, which does not keep the order either.
#pragma once

#include "bson/document.hpp"

namespace mim::sandbox::catalog {

// Paths are taken apart, values are true or false, and `_id` is written out: {"a.b": 1} is {_id: false, a:
// {b: true}}.
[[nodiscard]] bson::Document normal_projection(bson::DocumentView projection);

}  // namespace mim::sandbox::catalog
