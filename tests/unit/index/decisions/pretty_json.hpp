// Extended JSON as people like to read and edit it: short values on one line, long ones indented, every type
// kept.
#pragma once

#include <string>

#include "bson/document.hpp"

namespace mim::index::testing {

[[nodiscard]] std::string pretty_json(bson::DocumentView document);

}  // namespace mim::index::testing
