// A quick hash for secrets of full entropy, which need neither salt nor cost. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace mim::drivers::crypto {

// SHA-256 in hex digits. For texts that are random enough to need no slow hash.
[[nodiscard]] std::string sha256_hex(std::string_view text);
// BLAKE2b of 256 bits, in lower-case hexadecimal.
[[nodiscard]] std::string digest(std::string_view text);
enum class Equality { equal, different };
// In a time that depends on the lengths alone.
[[nodiscard]] Equality compare_in_constant_time(std::string_view left, std::string_view right);

}  // namespace mim::drivers::crypto
