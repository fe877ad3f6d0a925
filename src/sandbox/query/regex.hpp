// Regular expressions of filters. Bounded in length and in work: a hostile pattern is invalid or matches
// nothing.
#pragma once

#include <string_view>

#include "bson/document.hpp"

namespace mim::sandbox::query {

// `pattern` is a BSON regular expression or a string (with options given apart).
[[nodiscard]] bool regex_is_valid(const bson::ValueView& pattern);
[[nodiscard]] bool regex_matches(const bson::ValueView& pattern, std::string_view options,
                                 std::string_view text);

}  // namespace mim::sandbox::query
