#pragma once

#include <string>

#include "base/id.hpp"
#include "base/time.hpp"

namespace mim::app {

// The right to set the password of one account, once. Whoever has its token may use it, so only the token's
// hash is kept. An account has one at most. It is worth no more than whoever offered it: it is over once they
// no longer administer, or their account is disabled or removed.
struct PasswordReset {
    std::string token_hash;
    Timestamp expires_at{};
    UserId offered_by;
};

}  // namespace mim::app
