// How BSON's values are spelled in text, the same with every version of the C library: shared by the writers
// of Extended JSON and of scripts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mim::bson {

// The shortest digits that read back as the same double: `1.5`, `1.0`, `-0.0`, `1e+20`; `NaN`, `Infinity`,
// `-Infinity`. Always told apart from an integer by a point or an exponent.
[[nodiscard]] std::string double_text(double number);
// RFC 4648 section 4, with its padding.
[[nodiscard]] std::string base64_text(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::string hex_text(std::span<const std::uint8_t> bytes);
// The bytes that these texts stand for; none when it is no such text, whole and with its padding.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text);
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_hex(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text);
// A JSON string with its quotation marks. Letters beyond ASCII stay; every byte that is no UTF-8 becomes
// U+FFFD, so what comes out always is.
void append_json_string(std::string& out, std::string_view text);

}  // namespace mim::bson
