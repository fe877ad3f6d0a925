// Randomness fit for secrets and ids. Thread-safe.
#pragma once

#include <cstddef>
#include <string>

namespace mim::drivers::crypto {

[[nodiscard]] std::string random_bytes(std::size_t count);
// `byte_count` random bytes as base64url: for token ids.
[[nodiscard]] std::string random_text(std::size_t byte_count);

}  // namespace mim::drivers::crypto
