// Accounts and their tokens: login, refresh, profile, logout, password change; and who is calling.
// Thread-safe; blocking (Argon2id for tens of milliseconds in login and password change).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/login_guard/login_guard.hpp"
#include "app/model/change.hpp"
#include "app/ports/credentials.hpp"
#include "app/ports/user_store.hpp"
#include "base/clock.hpp"

namespace mim::app {

struct TokenLifetimes {
    std::chrono::seconds access = std::chrono::minutes{10};
    std::chrono::seconds refresh = std::chrono::hours{24};
    std::chrono::milliseconds siblings{
        10'000};  // how long after its first use a refresh token still gives a pair
};

// What an API key is known by, and what it is bound to.
struct KeyGrant {
    ApiKeyId id;
    std::string prefix;
    std::optional<std::vector<DatabaseId>> databases;  // none = every one

    KeyGrant(ApiKeyId of, std::string known_by, std::optional<std::vector<DatabaseId>> bound_to)
        : id(std::move(of)), prefix(std::move(known_by)), databases(std::move(bound_to)) {}
};

// Who is calling, proved by an access token or an API key.
struct Caller {
    UserId user;
    std::optional<TokenFamilyId> family;  // none: by an API key
    // As the store had it at most `Accounts::revocation_delay` ago, whatever the token says; at most what a
    // key allows.
    Role role;
    std::shared_ptr<const KeyGrant> key{};  // none: by an access token
};

struct TokenPair {
    std::string access_token;
    std::string refresh_token;
};

// Absent = unchanged.
struct ProfileChange {
    std::optional<std::string> first_name;
    std::optional<std::string> last_name;
    std::optional<std::string> avatar;
};

// Where a password is tried from.
struct PasswordOrigin {
    std::string_view address{};       // the caller's; "" = unknown
    std::string_view access_token{};  // that came with it, good or not; "" = none
};

struct AccountPorts {
    UserStore& users;
    TokenFamilyStore& families;
    PasswordHasher& hasher;
    TokenCodec& tokens;
    const Clock& clock;
};

class Accounts {
  public:
    Accounts(AccountPorts ports, TokenLifetimes lifetimes, const LoginGuardRules& rules = {});
    ~Accounts();

    // wrong_credentials; account_disabled, said to who knows the password only; locked_out after too many of
    // them: login_guard.hpp tells from where. `who`, when given, is told whose password was tried: for the
    // audit log alone.
    Result<TokenPair> login(std::string_view identity, const Secret& password,
                            const PasswordOrigin& from = {}, std::optional<User>* who = nullptr);
    // token_wrong, token_revoked (reuse revokes the family, but for siblings: refresh_tokens.hpp). `who` as
    // above.
    Result<TokenPair> refresh(std::string_view refresh_token, std::optional<User>* who = nullptr);
    // An access token of a live family and an enabled account. What was revoked or changed elsewhere is seen
    // within `revocation_delay`; here at once.
    Result<Caller> authenticate(std::string_view access_token);
    // Asks the store whether a caller who was authenticated earlier still is: for what outlives a request.
    // token_revoked.
    Done confirm(const Caller& caller);
    Result<User> profile(const Caller& caller);
    Result<Change<Profile>> change_profile(const Caller& caller, const ProfileChange& change);
    Done logout(const Caller& caller);  // this and a change of password: forbidden with an API key
    // After a change of an account: every token asks the store before it is believed again.
    void check_sessions_again();
    // wrong_credentials, locked_out, invalid_input. `address` is the caller's, "" = unknown.
    Done change_password(const Caller& caller, const Secret& current, const Secret& next,
                         std::string_view address = {});

    static constexpr std::chrono::seconds revocation_delay{2};

  private:
    [[nodiscard]] LoginAttempt attempt_of(std::string_view identity, const PasswordOrigin& from);

    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mim::app
