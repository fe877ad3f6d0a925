#pragma once

#include <string>

#include "base/time.hpp"

namespace mim::app {

// The right to set the password of one account, once. Whoever has its token may use it, so only the token's
// hash is kept. An account has one at most.
struct PasswordReset {
    std::string token_hash;
    Timestamp expires_at{};
};

}  // namespace mim::app
