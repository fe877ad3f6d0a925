// JSON (RFC 8259) as a tree, before its Extended JSON types are understood: members keep their order and
// duplicates, numbers their digits. Internal to this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace mim::bson {

struct JsonNode {
    enum class Kind { null, false_, true_, number, string, array, object };
    Kind kind = Kind::null;
    std::string name;  // of an object's member
    std::string text;  // a string, or the digits of a number; always UTF-8
    std::vector<JsonNode> children;

    [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
};

// `invalid_input` says what was expected, and at which byte.
[[nodiscard]] Result<JsonNode> read_json_tree(std::string_view text);

}  // namespace mim::bson
