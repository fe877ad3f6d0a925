// Numbers as people write them in settings: digits and nothing else around them.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace mim::main {

// None for blanks, units, signs that do not fit the type, what is too large for it, and no text at all.
template <class Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stopped, failure] = std::from_chars(text.data(), end, number);
    if (text.empty() || failure != std::errc{} || stopped != end) return std::nullopt;
    return number;
}

}  // namespace mim::main
