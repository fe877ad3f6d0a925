#include "bson/text_forms.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "base/ascii.hpp"

namespace mim::bson {
namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string digits_of(double number, std::chars_format format) {
    std::array<char, 64> digits{};  // the longest, -0.000 and 17 digits, has 24
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, format).ptr;
    return {digits.data(), end};
}

// The decimal exponent of a finite number in the scientific form: 3 of "1.5e+03".
int exponent_of(std::string_view scientific) {
    auto digits = scientific.substr(scientific.find('e') + 1);
    if (digits.front() == '+') digits.remove_prefix(1);
    int exponent = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    return exponent;
}

// The length of the UTF-8 letter that `text` begins with; 0 when it begins with none (RFC 3629: neither
// overlong forms nor surrogates nor anything above U+10FFFF).
std::size_t letter_length(std::string_view text) {
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const auto within = [&](std::size_t at, unsigned lowest, unsigned highest) {
        return byte(at) >= lowest && byte(at) <= highest;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return within(1, 0x80, 0xBF) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool second = within(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
        return second && within(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool second = within(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
        return second && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

void append_ascii(std::string& out, char letter) {
    constexpr std::string_view escaped = "\"\\\b\f\n\r\t", names = "\"\\bfnrt";
    const auto code = static_cast<unsigned char>(letter);
    if (const auto at = escaped.find(letter); at != std::string_view::npos) {
        out += '\\';
        out += names[at];
    } else if (code < 0x20) {
        out += "\\u00";
        ascii::append_hex(out, letter);
    } else {
        out += letter;
    }
}

}  // namespace

std::string double_text(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    // printf's rule for %.20g decides where the exponent begins: what is whole and below 10^20 shows all its
    // digits.
    std::string text = digits_of(number, std::chars_format::scientific);
    const int exponent = exponent_of(text);
    if (exponent < -4 || exponent >= 20) return text;
    text = digits_of(number, std::chars_format::fixed);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string base64_text(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t left = bytes.size() - at;
        const std::uint32_t group = (std::uint32_t{bytes[at]} << 16) |
                                    (left > 1 ? std::uint32_t{bytes[at + 1]} << 8 : 0) |
                                    (left > 2 ? std::uint32_t{bytes[at + 2]} : 0);
        text += base64_digits[group >> 18];
        text += base64_digits[(group >> 12) & 63];
        text += left > 1 ? base64_digits[(group >> 6) & 63] : '=';
        text += left > 2 ? base64_digits[group & 63] : '=';
    }
    return text;
}

std::string hex_text(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) ascii::append_hex(text, static_cast<char>(byte));
    return text;
}

std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    std::vector<std::uint8_t> bytes;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char letter : text.substr(0, text.size() - padding)) {
        const auto digit = base64_digits.find(letter);
        if (digit == std::string_view::npos) return std::nullopt;
        group = (group << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<std::uint8_t>(group >> bits));
    }
    return bytes;
}

std::optional<std::vector<std::uint8_t>> bytes_of_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::vector<std::uint8_t> bytes(text.size() / 2);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const char* const digits = text.data() + 2 * at;
        const auto [end, failure] = std::from_chars(digits, digits + 2, bytes[at], 16);
        if (failure != std::errc{} || end != digits + 2) return std::nullopt;
    }
    return bytes;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = letter_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
    out += '"';
    while (!text.empty()) {
        const std::size_t length = letter_length(text);
        if (length == 0) out += replacement;
        if (length == 1) append_ascii(out, text.front());
        if (length > 1) out += text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    out += '"';
}

}  // namespace mim::bson
