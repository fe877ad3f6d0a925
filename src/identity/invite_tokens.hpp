// app::InviteTokens: 256 random bits, kept as their SHA-256.
#pragma once

#include <memory>

#include "app/ports/invite_tokens.hpp"

namespace mim::identity {

[[nodiscard]] std::unique_ptr<app::InviteTokens> create_invite_tokens();

}  // namespace mim::identity
