// The versions of the libraries of this room, as they run.
#pragma once

#include <string>

namespace mim::drivers::crypto {

[[nodiscard]] std::string openssl_version();
[[nodiscard]] std::string sodium_version();

}  // namespace mim::drivers::crypto
