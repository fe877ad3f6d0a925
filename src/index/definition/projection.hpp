// A wildcardProjection as a list of paths. Private to this room.
#pragma once

#include <string>
#include <vector>

#include "bson/document.hpp"

namespace mim::index {

struct ProjectedPath {
    std::string path;  // `{a: {b: 1}}` and `{"a.b": 1}` are both "a.b"
    bool included = false;
    bool readable = true;  // false: the value is neither a number nor true or false
};

[[nodiscard]] std::vector<ProjectedPath> flatten_projection(bson::DocumentView projection);
// Equal texts = equal projections: order and nesting do not count, and `_id` is out unless it is named
// with 1. A projection that MongoDB would refuse is rendered as it is written.
[[nodiscard]] std::string projection_text(bson::DocumentView projection);

}  // namespace mim::index
