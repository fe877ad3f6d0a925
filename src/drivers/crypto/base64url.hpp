// base64url without padding, as JWTs write it (RFC 4648 section 5). Strict: one text for each sequence of
// bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mim::drivers::crypto {

[[nodiscard]] std::string to_base64url(std::string_view bytes);
// None for padding, other alphabets, white space and bits left over.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace mim::drivers::crypto
