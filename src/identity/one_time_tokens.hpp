// app::OneTimeTokens: 256 random bits, kept as their SHA-256.
#pragma once

#include <memory>

#include "app/ports/one_time_tokens.hpp"

namespace mim::identity {

[[nodiscard]] std::unique_ptr<app::OneTimeTokens> create_invite_tokens();
[[nodiscard]] std::unique_ptr<app::OneTimeTokens> create_reset_tokens();

}  // namespace mim::identity
