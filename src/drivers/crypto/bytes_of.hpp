#pragma once

#include <string_view>

namespace mim::drivers::crypto {

// The same bytes as libsodium and OpenSSL want to see them.
[[nodiscard]] inline const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace mim::drivers::crypto
