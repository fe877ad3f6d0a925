// Which of the indexes that a server lists can be shown, compared and stored. MongoDB holds some that cannot:
// nested almost 200 levels deep, with names of megabytes, with texts that are not UTF-8. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "bson/document.hpp"

namespace mim::index {

inline constexpr std::size_t longest_live_name = 1'024;                       // bytes
inline constexpr std::size_t largest_live_spec = std::size_t{1'024} * 1'024;  // bytes
// Of one collection. MongoDB has at most 64, and what speaks its protocol a few hundred; what is told of an
// index depends on all others of its collection.
inline constexpr std::size_t most_live_indexes = 512;
// A stored document is read back to 100 levels; what keeps an index wraps it in some of its own.
inline constexpr std::size_t deepest_live_spec = 90;

// Why the specification `listed`, whole BSON as a server sends it, can be none of that; none when it can.
[[nodiscard]] std::optional<std::string> why_unreadable(bson::DocumentView listed);
// The same of the name of an index or of a collection: "is not UTF-8".
[[nodiscard]] std::optional<std::string> why_unreadable_name(std::string_view name);

}  // namespace mim::index
