// libbson's JSON reader takes every object that begins with "$type" for binary data in the old notation, so
// it refuses the query operator {"$type": "string"}. The operator travels under another name through the
// reader. Internal to this room.
#pragma once

#include <string>
#include <string_view>

#include "bson/document.hpp"

namespace mim::bson {

// `text` with every member name "$type" replaced by the name in disguise. Strings that are values stay.
[[nodiscard]] std::string disguise_type_operator(std::string_view text);
// The document that the disguised text stands for, at every depth.
[[nodiscard]] Document reveal_type_operator(DocumentView document);

}  // namespace mim::bson
