// Small judgements of texts that people enter.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace mim::app {

[[nodiscard]] std::optional<std::size_t> code_points(std::string_view text);  // none when `text` is not UTF-8
[[nodiscard]] bool has_control_characters(std::string_view text);             // below U+0020, and U+007F
[[nodiscard]] bool is_blank(std::string_view text);                           // nothing but spaces
[[nodiscard]] bool contains_any_case(std::string_view text,
                                     std::string_view part);  // ASCII letters in any case

// Done when nothing is bad.
[[nodiscard]] Done verdict(std::vector<FieldError> bad);

// In code points. With `at_least` above 0 a blank text is refused, too.
struct TextLimits {
    std::size_t at_least = 0;
    std::size_t at_most = 0;
};
// Adds to `bad` what is wrong with `text`; one reason at most.
void require_text(std::vector<FieldError>& bad, std::string_view field, std::string_view text,
                  TextLimits limits);

}  // namespace mim::app
