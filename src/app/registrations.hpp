// Who may make an account, and with which role it begins. Thread-safe; blocking (Argon2id for tens of
// milliseconds).
#pragma once

#include <optional>
#include <string>

#include "app/ports/credentials.hpp"
#include "app/ports/invite_store.hpp"
#include "app/ports/one_time_tokens.hpp"
#include "app/ports/user_store.hpp"
#include "base/clock.hpp"

namespace mim::app {

enum class RegistrationPolicy {
    open,    // anybody; the very first account administers
    invite,  // who has an invite
    closed   // nobody
};

struct RegistrationRules {
    RegistrationPolicy policy = RegistrationPolicy::open;
    Role default_role = Role::editor;  // of who comes without an invite
};

struct Registration {
    std::string username;
    std::string email;
    Secret password;
    std::optional<Secret> invite = std::nullopt;
};

struct RegistrationPorts {
    UserStore& users;
    InviteStore& invites;
    PasswordHasher& hasher;
    OneTimeTokens& invite_tokens;
    const Clock& clock;
};

class Registrations {
  public:
    Registrations(RegistrationPorts ports, RegistrationRules rules) : ports_(ports), rules_(rules) {}

    // invalid_input (field `invite`: not one that may still be used), already_exists, registration_refused.
    Result<User> add(const Registration& registration);
    // Whatever the policy is: for whoever has the store itself in hands. invalid_input, already_exists.
    Done add_admin(const Registration& registration);

  private:
    Result<User> add_invited(const Registration& registration, const Secret& token);
    Result<User> add_uninvited(const Registration& registration);
    Result<Invite> usable_invite(const Registration& registration, const Secret& token);
    Result<User> made_of(const Registration& registration, Role role);
    Result<User> create_first_or(User user, Role later_role);

    RegistrationPorts ports_;
    RegistrationRules rules_;
};

}  // namespace mim::app
