#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/model/refresh_tokens.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace mim::app {

enum class Role { admin, editor, viewer };
[[nodiscard]] constexpr std::string_view to_string(Role role) {
    switch (role) {
        case Role::admin:
            return "admin";
        case Role::editor:
            return "editor";
        case Role::viewer:
            return "viewer";
    }
    return "viewer";
}
[[nodiscard]] constexpr std::optional<Role> parse_role(std::string_view text) {
    for (const Role role : {Role::admin, Role::editor, Role::viewer}) {
        if (to_string(role) == text) return role;
    }
    return std::nullopt;
}

// A disabled account can neither log in nor use the tokens it has.
enum class AccountStatus { enabled, disabled };

struct Profile {
    std::string first_name;
    std::string last_name;
    std::string avatar;
    friend bool operator==(const Profile&, const Profile&) = default;
};

struct User {
    UserId id = UserId::generate();
    Timestamp created_at{};
    Timestamp updated_at{};
    std::string username;  // unique without regard to case
    std::string email;     // the same
    Secret password_hash;  // Argon2id, in its own text form
    Profile profile;
    Role role = Role::editor;
    AccountStatus status = AccountStatus::enabled;
    // Raised by the same write that changes the password or disables the account: what was opened before has
    // an older one, whenever it was stored.
    std::int64_t session_version = 0;
    std::optional<TokenFamilyId> kept_family{};  // lives on although its version is older
};

// One login and all tokens that descend from it by refreshing.
struct TokenFamily {
    TokenFamilyId id = TokenFamilyId::generate();
    UserId user;
    RefreshTokens refresh{};           // by their `jti`
    Timestamp expires_at{};            // of the newest of them; afterwards the family may be forgotten
    std::int64_t session_version = 0;  // the user's when the password was proved
};
enum class FamilyState { live, revoked };  // unknown ones count as revoked

struct FamilyStanding {
    FamilyState state = FamilyState::revoked;
    std::int64_t session_version = 0;
};

// Whether the session may be used: neither revoked, nor older than the user's last change of password or
// disabling.
[[nodiscard]] inline bool is_live(const TokenFamilyId& family, const FamilyStanding& standing,
                                  const User& user) {
    if (standing.state == FamilyState::revoked || user.status == AccountStatus::disabled) return false;
    return standing.session_version == user.session_version || user.kept_family == family;
}

// Another password for who has proved the present one.
struct PasswordChange {
    Secret proved_hash;
    Secret next_hash;
    std::optional<TokenFamilyId> kept{};  // the session that it is changed from
};

}  // namespace mim::app
