// What reading Extended JSON is made of: where a value goes, and how it is refused. Internal to this room.
#pragma once

#include <charconv>
#include <optional>
#include <string>

#include "bson/json_tree.hpp"
#include "bson/value.hpp"

namespace mim::bson {

// Where a value goes: the document and the field's name in it.
struct Field {
    bson_t& into;
    std::string_view key;
    [[nodiscard]] int length() const { return static_cast<int>(key.size()); }
};

// The value of a member that an object has; null when it has none.
[[nodiscard]] const JsonNode* child(const JsonNode& object, std::string_view name);

// `invalid_input`
[[nodiscard]] Error refused(const std::string& why);
// "$oid needs 24 hex digits"
[[nodiscard]] Error needs(std::string_view type, std::string_view what);
[[nodiscard]] Done appended(bool taken);

// BSON ends patterns and the like with a zero byte, so none may be within.
[[nodiscard]] bool without_zero_byte(std::string_view text);

// The whole text as a number, whatever the locale.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failure == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

[[nodiscard]] Done append_regex(const Field& field, const JsonNode& pattern, std::string_view options);

}  // namespace mim::bson
