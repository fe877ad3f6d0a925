#include "app/accounts.hpp"

#include "app/credential_rules.hpp"
#include "app/outrun.hpp"
#include "app/session_cache.hpp"
#include "base/fold.hpp"

namespace mim::app {
namespace {

using Verdict = PasswordHasher::Verdict;

Error wrong_credentials() {
    return {ErrorCode::wrong_credentials, "Wrong credentials"};
}
Error token_wrong() {
    return {ErrorCode::token_wrong, "Token is wrong"};
}
Error token_revoked() {
    return {ErrorCode::token_revoked, "Token is revoked"};
}

Error no_session() {
    return {ErrorCode::forbidden, "An API key has no session: sign in"};
}

bool is_identity_of(const User& user, std::string_view identity) {
    const auto folded = fold(identity);
    return folded == fold(user.username) || folded == fold(user.email);
}

// Tokens tell whole seconds.
Timestamp to_the_second(Timestamp time) {
    return std::chrono::floor<std::chrono::seconds>(time);
}

}  // namespace

struct Accounts::State {
    AccountPorts ports;
    TokenLifetimes lifetimes;
    SessionCache sessions;
    LoginGuard guard;

    State(AccountPorts used, TokenLifetimes chosen, const LoginGuardRules& rules)
        : ports(used), lifetimes(chosen), guard(rules) {}

    // Costs the same time whether there is such a user or not.
    Result<User> prove(std::string_view identity, const Secret& password, std::optional<User>* who) const {
        // The same for everybody, so it tells nothing of who exists.
        if (password.reveal().size() > max_password_length) return wrong_credentials();
        auto user = ports.users.find_by_identity(identity);
        if (!user) {
            if (user.error().code != ErrorCode::not_found) return user.error();
            static_cast<void>(ports.hasher.verify_nobody(password));
            return wrong_credentials();
        }
        if (who != nullptr) *who = *user;
        return proved(*user, password) ? std::move(user) : wrong_credentials();
    }

    [[nodiscard]] bool proved(const User& user, const Secret& password) const {
        return password.reveal().size() <= max_password_length &&
               ports.hasher.verify(password, user.password_hash) == Verdict::matches;
    }

    struct SignedPair {
        TokenPair tokens;
        std::string refresh_id;
        Timestamp refresh_expires_at;
    };
    Result<SignedPair> sign_pair(const User& user, const TokenFamilyId& family) const {
        const Timestamp now = to_the_second(ports.clock.now());
        Claims claims{.user = user.id, .family = family, .role = user.role, .issued_at = now};
        claims.token_id = generate_id_digits();
        claims.expires_at = now + lifetimes.access;
        MIM_TRY(access, ports.tokens.sign(claims));
        claims.use = TokenUse::refresh;
        claims.token_id = generate_id_digits();
        claims.expires_at = now + lifetimes.refresh;
        MIM_TRY(refresh, ports.tokens.sign(claims));
        return SignedPair{{std::move(access), std::move(refresh)}, claims.token_id, claims.expires_at};
    }

    // The role that the account has now. token_revoked: the family or the account is out.
    Result<Role> current_role(const Caller& caller) const {
        MIM_TRY(standing, ports.families.standing(*caller.family));
        const auto user = ports.users.get(caller.user);
        if (!user && user.error().code != ErrorCode::not_found) return user.error();
        if (!user || !is_live(*caller.family, standing, *user)) return token_revoked();
        return user->role;
    }

    // Asks the store and remembers the answer.
    Result<Caller> admit(std::string_view token, Caller caller, Timestamp expires_at) {
        const SessionCache::Epoch epoch = sessions.epoch();
        const SteadyTime asked = ports.clock.steady();
        const auto role = current_role(caller);
        if (!role) {
            if (role.error().code == ErrorCode::token_revoked) sessions.drop(token);
            return role.error();
        }
        caller.role = *role;
        sessions.keep(token, {caller, expires_at, asked, epoch});
        return caller;
    }

    [[nodiscard]] bool is_fresh(const SessionCache::Session& session) const {
        return session.epoch == sessions.epoch() &&
               ports.clock.steady() - session.seen_live < revocation_delay;
    }
};

Accounts::Accounts(AccountPorts ports, TokenLifetimes lifetimes, const LoginGuardRules& rules)
    : state_(std::make_unique<State>(ports, lifetimes, rules)) {}
Accounts::~Accounts() = default;

// Who holds a live session of the account is counted by that: no stranger has a part in it.
LoginAttempt Accounts::attempt_of(std::string_view identity, const PasswordOrigin& from) {
    const LoginAttempt of_stranger = LoginAttempt::of_identity(identity, from.address);
    if (from.access_token.empty()) return of_stranger;
    const auto holder = authenticate(from.access_token);
    if (!holder || !holder->family) return of_stranger;
    const auto user = state_->ports.users.get(holder->user);
    if (!user || !is_identity_of(*user, identity)) return of_stranger;
    return LoginAttempt::of_session(holder->family->text(), from.address);
}

Result<TokenPair> Accounts::login(std::string_view identity, const Secret& password,
                                  const PasswordOrigin& from, std::optional<User>* who) {
    const AccountPorts& ports = state_->ports;
    const LoginAttempt attempt = attempt_of(identity, from);
    MIM_CHECK(state_->guard.admit(attempt, ports.clock.steady()));
    const auto user = state_->prove(identity, password, who);
    if (!user) {
        if (user.error().code == ErrorCode::wrong_credentials)
            state_->guard.failed(attempt, ports.clock.steady());
        return user.error();
    }
    state_->guard.succeeded(attempt);
    if (user->status == AccountStatus::disabled)
        return Error{ErrorCode::account_disabled, "Account is disabled"};
    // Should the password change or the account be disabled meanwhile, the version is no longer the user's.
    TokenFamily family{.user = user->id};
    family.session_version = user->session_version;
    MIM_TRY(pair, state_->sign_pair(*user, family.id));
    family.refresh.newest = pair.refresh_id;
    family.expires_at = pair.refresh_expires_at;
    MIM_CHECK(ports.families.open(family));
    return std::move(pair.tokens);
}

Result<TokenPair> Accounts::refresh(std::string_view refresh_token, std::optional<User>* who) {
    const AccountPorts& ports = state_->ports;
    MIM_TRY(claims, ports.tokens.verify(refresh_token, ports.clock.now()));
    if (claims.use != TokenUse::refresh) return token_wrong();
    const auto user = ports.users.get(claims.user);
    if (!user) return user.error().code == ErrorCode::not_found ? token_revoked() : user.error();
    if (who != nullptr) *who = *user;
    MIM_TRY(standing, ports.families.standing(claims.family));
    const bool outdated = standing.state == FamilyState::live && !is_live(claims.family, standing, *user);
    if (outdated || user->status == AccountStatus::disabled) return token_revoked();
    // Signed before the old token is spent: a failure here must not cost the session.
    MIM_TRY(pair, state_->sign_pair(*user, claims.family));
    const Done rotated = ports.families.rotate(claims.family, {.used = claims.token_id,
                                                               .next = pair.refresh_id,
                                                               .next_expires_at = pair.refresh_expires_at,
                                                               .now = ports.clock.now(),
                                                               .sibling_window = state_->lifetimes.siblings});
    if (!rotated) {
        if (rotated.error().code == ErrorCode::token_revoked) state_->sessions.note_revocation();
        return rotated.error();
    }
    return std::move(pair.tokens);
}

Result<Caller> Accounts::authenticate(std::string_view access_token) {
    const AccountPorts& ports = state_->ports;
    if (auto session = state_->sessions.find(access_token)) {
        if (ports.clock.now() >= session->expires_at) {
            state_->sessions.drop(access_token);
            return token_wrong();
        }
        if (state_->is_fresh(*session)) return std::move(session->caller);
        return state_->admit(access_token, std::move(session->caller), session->expires_at);
    }
    MIM_TRY(claims, ports.tokens.verify(access_token, ports.clock.now()));
    if (claims.use != TokenUse::access) return token_wrong();
    return state_->admit(access_token, {claims.user, claims.family, claims.role, nullptr}, claims.expires_at);
}

Done Accounts::confirm(const Caller& caller) {
    if (!caller.family) return no_session();
    MIM_CHECK(state_->current_role(caller));
    return {};
}

Result<User> Accounts::profile(const Caller& caller) {
    return state_->ports.users.get(caller.user);
}

Result<Change<Profile>> Accounts::change_profile(const Caller& caller, const ProfileChange& change) {
    MIM_CHECK(check_profile(change));
    return until_not_outrun([&]() -> Result<Change<Profile>> {
        MIM_TRY(user, state_->ports.users.get(caller.user));
        Change<Profile> wanted{user.profile, user.profile};
        if (change.first_name) wanted.after.first_name = *change.first_name;
        if (change.last_name) wanted.after.last_name = *change.last_name;
        if (change.avatar) wanted.after.avatar = *change.avatar;
        MIM_CHECK(state_->ports.users.set_profile(caller.user, wanted, state_->ports.clock.now()));
        return wanted;
    });
}

Done Accounts::logout(const Caller& caller) {
    if (!caller.family) return no_session();
    const Done revoked = state_->ports.families.revoke(*caller.family);
    state_->sessions.note_revocation();
    return revoked;
}

void Accounts::check_sessions_again() {
    state_->sessions.note_revocation();
}

Done Accounts::change_password(const Caller& caller, const Secret& current, const Secret& next,
                               std::string_view address) {
    const AccountPorts& ports = state_->ports;
    if (!caller.family) return no_session();
    MIM_CHECK(check_new_password(next));
    // Who stole a token must not guess faster here than at a login; nor keep the owner, in a session of their
    // own, from the one change that ends the stolen session.
    const LoginAttempt attempt = LoginAttempt::of_session(caller.family->text(), address);
    MIM_CHECK(state_->guard.admit(attempt, ports.clock.steady()));
    MIM_TRY(user, ports.users.get(caller.user));
    if (!state_->proved(user, current)) {
        state_->guard.failed(attempt, ports.clock.steady());
        return wrong_credentials();
    }
    state_->guard.succeeded(attempt);
    MIM_TRY(hash, ports.hasher.hash(next));
    const Done changed = ports.users.change_password(caller.user, {user.password_hash, hash, caller.family},
                                                     ports.clock.now());
    if (!changed && changed.error().code == ErrorCode::not_allowed_in_state) return wrong_credentials();
    MIM_CHECK(changed);
    state_->sessions.note_revocation();
    // The same write has ended the other sessions; this tells it of each, and nothing depends on it.
    static_cast<void>(ports.families.revoke_others_of(caller.user, *caller.family));
    return {};
}

}  // namespace mim::app
