// A new password for who has lost it, by a token that an administrator hands over. Thread-safe; blocking
// (Argon2id for tens of milliseconds in `redeem`).
#pragma once

#include <chrono>

#include "app/accounts.hpp"
#include "app/ports/one_time_tokens.hpp"

namespace mim::app {

struct PasswordResetPorts {
    UserStore& users;
    TokenFamilyStore& families;
    PasswordHasher& hasher;
    OneTimeTokens& tokens;
    Accounts& accounts;
    const Clock& clock;
};

struct OfferedReset {
    User user;
    Secret token;  // known now and never again
    Timestamp expires_at{};
};

class PasswordResets {
  public:
    explicit PasswordResets(PasswordResetPorts ports) : ports_(ports) {}

    // Takes the place of one that was offered before. It is good while `by` administers, and until the
    // account's role changes. not_found.
    Result<OfferedReset> offer(const UserId& id, const UserId& by);
    // Ends every session of the account. invalid_input (field `token`: not one that may still be used).
    Result<User> redeem(const Secret& token, const Secret& next);

    static constexpr std::chrono::seconds lifetime = std::chrono::hours{24};

  private:
    PasswordResetPorts ports_;
};

}  // namespace mim::app
