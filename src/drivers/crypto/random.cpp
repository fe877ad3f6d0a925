#include "drivers/crypto/random.hpp"

#include <sodium.h>

#include "drivers/crypto/base64url.hpp"
#include "drivers/crypto/sodium.hpp"

namespace mim::drivers::crypto {

std::string random_bytes(std::size_t count) {
    initialise_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_text(std::size_t byte_count) {
    return to_base64url(random_bytes(byte_count));
}

}  // namespace mim::drivers::crypto
