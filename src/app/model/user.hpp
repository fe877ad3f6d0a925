#pragma once

#include <optional>
#include <string>
#include <string_view>

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
};

// One login and all tokens that descend from it by refreshing.
struct TokenFamily {
    TokenFamilyId id = TokenFamilyId::generate();
    UserId user;
    std::string current_refresh_id{};  // the `jti` of the only refresh token that is not spent
    Timestamp expires_at{};            // of that token; afterwards the family may be forgotten
};
enum class FamilyState { live, revoked };  // unknown ones count as revoked

}  // namespace mim::app
