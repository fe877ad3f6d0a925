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

std::string digest(std::string_view text) {
    initialise_sodium();
    std::array<unsigned char, crypto_generichash_BYTES> bytes{};
    crypto_generichash(bytes.data(), bytes.size(), bytes_of(text), text.size(), nullptr, 0);
    std::string digits(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
    digits.pop_back();
    return digits;
}

Equality compare_in_constant_time(std::string_view left, std::string_view right) {
    initialise_sodium();
    if (left.size() != right.size()) return Equality::different;
    return sodium_memcmp(left.data(), right.data(), left.size()) == 0 ? Equality::equal : Equality::different;
}

}  // namespace mim::drivers::crypto
