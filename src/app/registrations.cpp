#include "app/registrations.hpp"

#include "app/credential_rules.hpp"
#include "app/text_rules.hpp"

namespace mim::app {
namespace {

// One answer for every kind of bad token: it tells a guesser nothing.
Error unusable_invite() {
    return invalid_field("invite", "is unknown, used, revoked or expired");
}

Error refused(std::string words) {
    return {ErrorCode::registration_refused, std::move(words)};
}

bool same_address(std::string_view left, std::string_view right) {
    return left.size() == right.size() && contains_any_case(left, right);
}

}  // namespace

Result<User> Registrations::add(const Registration& registration) {
    MIM_CHECK(check_registration(registration));
    if (rules_.policy == RegistrationPolicy::closed) return refused("Registration is closed");
    if (registration.invite) return add_invited(registration, *registration.invite);
    if (rules_.policy == RegistrationPolicy::invite) return refused("Registration takes an invite");
    return add_uninvited(registration);
}

Done Registrations::add_admin(const Registration& registration) {
    MIM_CHECK(check_registration(registration));
    MIM_TRY(user, made_of(registration, Role::admin));
    MIM_CHECK(create_first_or(std::move(user), Role::admin));
    return {};
}

Result<User> Registrations::add_uninvited(const Registration& registration) {
    MIM_TRY(user, made_of(registration, rules_.default_role));
    return create_first_or(std::move(user), rules_.default_role);
}

Result<User> Registrations::create_first_or(User user, Role later_role) {
    MIM_TRY(others, ports_.users.count());
    if (others == 0) {
        user.role = Role::admin;
        const Done first = ports_.users.create_first(user);
        if (first) return user;
        if (first.error().code != ErrorCode::not_allowed_in_state) return first.error();
        user.role = later_role;  // somebody else was first
    }
    MIM_CHECK(ports_.users.create(user));
    return user;
}

Result<User> Registrations::add_invited(const Registration& registration, const Secret& token) {
    MIM_TRY(invite, usable_invite(registration, token));
    MIM_TRY(user, made_of(registration, invite.role));
    const Done redeemed = ports_.invites.redeem(invite.id, user, user.created_at);
    if (!redeemed && redeemed.error().code == ErrorCode::not_allowed_in_state) return unusable_invite();
    if (!redeemed) return redeemed.error();
    return user;
}

// An invite is worth no more than whoever gave it: it does not outlive the inviter's right.
Result<Invite> Registrations::usable_invite(const Registration& registration, const Secret& token) {
    const auto invite = ports_.invites.find(ports_.invite_tokens.hash(token));
    if (!invite && invite.error().code == ErrorCode::not_found) return unusable_invite();
    if (!invite) return invite.error();
    if (state_of(*invite, ports_.clock.now()) != InviteState::open) return unusable_invite();
    if (invite->email && !same_address(*invite->email, registration.email))
        return invalid_field("email", "is not the address that the invite is for");
    const auto inviter = ports_.users.get(invite->created_by);
    if (!inviter && inviter.error().code != ErrorCode::not_found) return inviter.error();
    const bool may_invite =
        inviter && inviter->role == Role::admin && inviter->status == AccountStatus::enabled;
    if (!may_invite) return unusable_invite();
    return invite;
}

Result<User> Registrations::made_of(const Registration& registration, Role role) {
    MIM_TRY(hash, ports_.hasher.hash(registration.password));
    User user;
    user.created_at = user.updated_at = ports_.clock.now();
    user.username = registration.username;
    user.email = registration.email;
    user.password_hash = std::move(hash);
    user.role = role;
    return user;
}

}  // namespace mim::app
