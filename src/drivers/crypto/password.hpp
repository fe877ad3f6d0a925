// Argon2id in libsodium's text form `$argon2id$v=19$m=…,t=…,p=1$salt$hash`. Blocking: tens of milliseconds of
// one core and `memory_bytes` of memory a call; bounding how many run at once is the caller's. Thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace mim::drivers::crypto {

struct Argon2Cost {
    std::uint64_t memory_bytes = 19ULL * 1024 * 1024;  // the OWASP password storage advice
    std::uint64_t passes = 2;
};

// internal: out of memory, or a cost that libsodium refuses.
[[nodiscard]] Result<Secret> argon2id_hash(const Secret& password, const Argon2Cost& cost);
enum class Match { yes, no };
// Costs what the hash says, not what today's settings say. `no` also for a text that is no Argon2id hash.
[[nodiscard]] Match argon2id_verify(const Secret& password, const Secret& hash);
// A well-formed hash of this cost that no password fits: verifying against it takes as long as against a real
// one.
[[nodiscard]] Secret argon2id_decoy(const Argon2Cost& cost);

}  // namespace mim::drivers::crypto
