#include "drivers/crypto/sodium.hpp"

#include <stdexcept>

#include <sodium.h>

namespace mim::drivers::crypto {

void initialise_sodium() {
    static const int started = sodium_init();
    if (started < 0) throw std::runtime_error("libsodium could not be started");
}

}  // namespace mim::drivers::crypto
