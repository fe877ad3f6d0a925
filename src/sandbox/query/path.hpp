// Dotted paths into documents.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "bson/document.hpp"

namespace mim::sandbox::query {

// "a.b.c" to "a" and "b.c"; the rest is empty at the end.
[[nodiscard]] std::pair<std::string_view, std::string_view> split_path(std::string_view path);

// The value at `path` with no look into arrays (but for numeric components); none when it is missing.
[[nodiscard]] std::optional<bson::ValueView> value_at(bson::DocumentView document, std::string_view path);

// What a filter compares against: every value reached when arrays on the way are entered, a final array
// itself and each of its elements. A path that ends nowhere contributes none: `missing` tells that it
// happened.
struct Reached {
    std::vector<bson::ValueView> values;    // whole values, final arrays as they are
    std::vector<bson::ValueView> elements;  // elements of final arrays
    bool missing = false;
};
[[nodiscard]] Reached reach(bson::DocumentView document, std::string_view path);

}  // namespace mim::sandbox::query
