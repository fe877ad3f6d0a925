// Small questions about the fields of a key pattern. Private to this room.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mim::index {

inline constexpr std::size_t max_key_fields = 32;  // MongoDB's limit

[[nodiscard]] bool is_wildcard_field(std::string_view field);  // `$**` or `a.b.$**`
// "a.b" is or lies under "a"; "ab" does not.
[[nodiscard]] bool is_or_lies_under(std::string_view path, std::string_view parent);
[[nodiscard]] std::vector<std::string_view> path_parts(std::string_view path);  // "a..b" -> "a", "", "b"

}  // namespace mim::index
