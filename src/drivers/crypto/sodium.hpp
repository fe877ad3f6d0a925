#pragma once

namespace mim::drivers::crypto {

// Starts libsodium once per process; every use of it in this room calls this first. Thread-safe. Throws
// std::runtime_error when the machine gives no randomness: nothing can be done safely then.
void initialise_sodium();

}  // namespace mim::drivers::crypto
