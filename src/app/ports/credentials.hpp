// Passwords and tokens. Thread-safe.
#pragma once

#include <chrono>
#include <string>

#include "app/model/user.hpp"
#include "base/result.hpp"

namespace mim::app {

class PasswordHasher {
  public:
    virtual ~PasswordHasher() = default;
    // Argon2id; blocks for tens of milliseconds, few at a time.
    virtual Result<Secret> hash(const Secret& password) = 0;
    enum class Verdict { matches, differs };
    virtual Verdict verify(const Secret& password, const Secret& hash) = 0;
    // Spends the time of one verify and answers `differs`: for users that do not exist.
    virtual Verdict verify_nobody(const Secret& password) = 0;
};

enum class TokenUse { access, refresh };

struct Claims {
    UserId user;
    TokenFamilyId family;
    TokenUse use = TokenUse::access;
    std::string token_id{};  // `jti`
    Role role = Role::viewer;
    Timestamp issued_at{};
    Timestamp expires_at{};
};

// RS256, the algorithm pinned by the key.
class TokenCodec {
  public:
    virtual ~TokenCodec() = default;
    virtual Result<std::string> sign(const Claims& claims) = 0;
    // token_wrong: not a JWT, bad signature, algorithm, issuer, audience, or expired at `now`. Does not know
    // of revocation.
    virtual Result<Claims> verify(std::string_view token, Timestamp now) = 0;
};

}  // namespace mim::app
