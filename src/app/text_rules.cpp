#include "app/text_rules.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mim::app {
namespace {

// Bytes of the code point that `text` starts with; 0 when it is none: overlong, a surrogate, beyond U+10FFFF,
// cut off.
std::size_t length_of_first(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) return 0;
    }
    const unsigned second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || beyond ? 0 : length;
}

}  // namespace

std::optional<std::size_t> code_points(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const std::size_t length = length_of_first(text);
        if (length == 0) return std::nullopt;
        text.remove_prefix(length);
        ++count;
    }
    return count;
}

bool has_control_characters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(' ') == std::string_view::npos;
}

bool contains_any_case(std::string_view text, std::string_view part) {
    const auto same = [](char a, char b) { return ascii::lower(a) == ascii::lower(b); };
    return part.empty() ||
           std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

Done verdict(std::vector<FieldError> bad) {
    if (bad.empty()) return {};
    return Error{std::move(bad)};
}

void require_text(std::vector<FieldError>& bad, std::string_view field, std::string_view text,
                  TextLimits limits) {
    const auto add = [&](std::string reason) { bad.push_back({std::string(field), std::move(reason)}); };
    const auto length = code_points(text);
    if (!length) return add("must be UTF-8 text");
    if (limits.at_least > 0 && is_blank(text)) return add("must not be empty");
    if (*length < limits.at_least || *length > limits.at_most) {
        return add("must have " + std::to_string(limits.at_least) + " to " + std::to_string(limits.at_most) +
                   " characters");
    }
    if (has_control_characters(text)) add("must not hold control characters");
}

}  // namespace mim::app
