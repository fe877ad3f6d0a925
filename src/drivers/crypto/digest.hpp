#pragma once

#include <string>
#include <string_view>

namespace mim::drivers::crypto {

// SHA-256 in hex digits. For texts that are random enough to need no slow hash.
[[nodiscard]] std::string sha256_hex(std::string_view text);

}  // namespace mim::drivers::crypto
