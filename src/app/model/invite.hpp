#pragma once

#include <optional>
#include <string>

#include "app/model/user.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace mim::app {

// The right to make one account. Whoever has its token may use it, so only the token's hash is kept.
struct Invite {
    InviteId id = InviteId::generate();
    Timestamp created_at{};
    Timestamp expires_at{};
    UserId created_by;
    std::string prefix{};      // how the token begins: enough to tell invites apart, useless to an attacker
    std::string token_hash{};  // unique
    Role role = Role::viewer;  // of the account
    std::optional<std::string> email{};  // the only address that may register with it
    std::optional<Timestamp> used_at{};
    std::optional<UserId> used_by{};
    std::optional<Timestamp> revoked_at{};
};

enum class InviteState { open, used, revoked, expired };
[[nodiscard]] constexpr std::string_view to_string(InviteState state) {
    switch (state) {
        case InviteState::open:
            return "open";
        case InviteState::used:
            return "used";
        case InviteState::revoked:
            return "revoked";
        case InviteState::expired:
            return "expired";
    }
    return "expired";
}
[[nodiscard]] inline InviteState state_of(const Invite& invite, Timestamp now) {
    if (invite.used_at) return InviteState::used;
    if (invite.revoked_at) return InviteState::revoked;
    return now < invite.expires_at ? InviteState::open : InviteState::expired;
}

}  // namespace mim::app
