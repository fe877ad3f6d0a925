// Whether bytes that strangers sent are a whole BSON document: every length, every terminator, every nested
// document to the end. Field names and texts may hold any bytes, as MongoDB's own answers do, unless they are
// asked to be UTF-8. Pure; uses no stack of the thread for nesting, and reads each byte once or twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace mim::bson {

// Deeper than anything that a MongoDB server answers: documents nest to 180 levels there, and a listing wraps
// them in some of its own. Shallow enough for whoever walks it by recursion afterwards.
inline constexpr std::size_t deepest_nesting = 220;

// What texts may hold: names of fields, strings, regular expressions, code, symbols.
enum class Texts { any_bytes, utf8 };

// Why `bytes` are no document that fills them; none when they are. What passes is walked by libbson without
// an error.
[[nodiscard]] std::optional<std::string> structure_fault(std::span<const std::uint8_t> bytes,
                                                         std::size_t deepest = deepest_nesting,
                                                         Texts texts = Texts::any_bytes);

}  // namespace mim::bson
