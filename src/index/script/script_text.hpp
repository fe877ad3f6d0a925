// The small pieces of JavaScript text that literals, statements and scripts are made of.
#pragma once

#include <string>
#include <string_view>

#include "bson/document.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

// A double-quoted string literal; control characters and U+2028/U+2029 are escaped, other UTF-8 stays
// readable.
[[nodiscard]] std::string string_literal(std::string_view text);

// For a `//` comment: everything that could end the line becomes a space.
[[nodiscard]] std::string one_line(std::string_view text);

// `new Map([["b", 1], ["1", -1]])`: the only form in which mongosh keeps the order of every field name.
[[nodiscard]] std::string map_literal(bson::DocumentView document);

// `{key: new Map(…), name: "…", "unique": true}`: one element of `createIndexes.indexes`.
[[nodiscard]] std::string spec_literal(const Spec& spec);

}  // namespace mim::index
