// Invites: made, listed and revoked by administrators. Thread-safe; blocking.
#pragma once

#include <chrono>

#include "app/registrations.hpp"

namespace mim::app {

inline constexpr std::chrono::seconds default_invite_lifetime = std::chrono::hours{24 * 7};
inline constexpr std::chrono::seconds longest_invite_lifetime = std::chrono::hours{24 * 30};

struct InviteDraft {
    Role role = Role::viewer;
    std::optional<std::string> email = std::nullopt;  // none = whoever has the token
    std::chrono::seconds lifetime = default_invite_lifetime;
};

struct CreatedInvite {
    Invite invite;
    Secret token;  // known now and never again
};

struct InviteRow {
    Invite invite;
    InviteState state;
};

struct InvitePorts {
    InviteStore& invites;
    OneTimeTokens& invite_tokens;
    const Clock& clock;
};

class Invites {
  public:
    Invites(InvitePorts ports, RegistrationPolicy policy) : ports_(ports), policy_(policy) {}

    // invalid_input; registration_refused when the policy is closed: nobody could use it.
    Result<CreatedInvite> create(const InviteDraft& draft, const UserId& inviter);
    Result<Page<InviteRow>> list(const PageRequest& page);
    Done revoke(const InviteId& id);  // also when it does not exist; not_allowed_in_state: used

  private:
    InvitePorts ports_;
    RegistrationPolicy policy_;
};

}  // namespace mim::app
