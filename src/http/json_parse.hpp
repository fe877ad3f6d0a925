// Strict JSON (RFC 8259) into Boost.JSON's tree, with every floating-point number rounded exactly: a filter's
// 0.3 must be the 0.3 that MongoDB compares with.
#pragma once

#include <string_view>

#include <boost/json/value.hpp>

#include "base/result.hpp"

namespace mim::http {

// malformed_body with the reason and the place; nesting deeper than 32 is malformed too. invalid_input: an
// object has a name twice, whose path is told.
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view text);

}  // namespace mim::http
