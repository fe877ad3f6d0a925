#include "drivers/crypto/digest.hpp"

#include <array>

#include <sodium.h>

#include "drivers/crypto/bytes_of.hpp"
#include "drivers/crypto/sodium.hpp"

namespace mim::drivers::crypto {

std::string sha256_hex(std::string_view text) {
    initialise_sodium();
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), bytes_of(text), text.size());
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

}  // namespace mim::drivers::crypto
