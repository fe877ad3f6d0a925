// The SQL of accounts and token families.
#pragma once

#include "drivers/sqlite/sql.hpp"

#define MIM_USER_COLUMNS \
    "id, created_at, updated_at, username, email, password_hash, first_name, last_name, avatar, role"

namespace mim::store::sql {

inline constexpr sqlite::Sql insert_user =
    "INSERT INTO users (" MIM_USER_COLUMNS
    ", username_folded, email_folded) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
inline constexpr sqlite::Sql user_by_id = "SELECT " MIM_USER_COLUMNS " FROM users WHERE id = ?1";
inline constexpr sqlite::Sql user_by_username =
    "SELECT " MIM_USER_COLUMNS " FROM users WHERE username_folded = ?1";
inline constexpr sqlite::Sql user_by_email = "SELECT " MIM_USER_COLUMNS " FROM users WHERE email_folded = ?1";
inline constexpr sqlite::Sql set_profile =
    "UPDATE users SET first_name = ?2, last_name = ?3, avatar = ?4, updated_at = ?5 WHERE id = ?1";
inline constexpr sqlite::Sql set_password_hash =
    "UPDATE users SET password_hash = ?2, updated_at = ?3 WHERE id = ?1";
inline constexpr sqlite::Sql count_users = "SELECT COUNT(*) FROM users";

inline constexpr sqlite::Sql insert_family =
    "INSERT INTO token_families (id, user, current_refresh_id, expires_at) VALUES (?1, ?2, ?3, ?4)";
inline constexpr sqlite::Sql family = "SELECT current_refresh_id, revoked FROM token_families WHERE id = ?1";
inline constexpr sqlite::Sql rotate_family =
    "UPDATE token_families SET current_refresh_id = ?2, expires_at = ?3 WHERE id = ?1";
inline constexpr sqlite::Sql revoke_family = "UPDATE token_families SET revoked = 1 WHERE id = ?1";
inline constexpr sqlite::Sql revoke_other_families =
    "UPDATE token_families SET revoked = 1 WHERE user = ?1 AND id <> ?2";
inline constexpr sqlite::Sql forget_families = "DELETE FROM token_families WHERE expires_at <= ?1";

}  // namespace mim::store::sql
