// app::PasswordHasher with Argon2id.
#pragma once

#include <memory>

#include "app/ports/credentials.hpp"
#include "drivers/crypto/password.hpp"

namespace mim::identity {

struct PasswordSettings {
    drivers::crypto::Argon2Cost cost;
    // Hashes computed at a time; more calls wait their turn. Bounds memory to this many times
    // `cost.memory_bytes`.
    int at_once = 2;
};

[[nodiscard]] std::unique_ptr<app::PasswordHasher> create_password_hasher(const PasswordSettings& settings);

}  // namespace mim::identity
