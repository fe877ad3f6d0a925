#include "drivers/crypto/libraries.hpp"

#include <openssl/crypto.h>
#include <sodium.h>

namespace mim::drivers::crypto {

std::string openssl_version() {
    return OpenSSL_version(OPENSSL_VERSION_STRING);
}

std::string sodium_version() {
    return sodium_version_string();
}

}  // namespace mim::drivers::crypto
