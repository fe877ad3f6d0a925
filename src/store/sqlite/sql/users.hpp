// The SQL of accounts and token families.
#pragma once

#include "drivers/sqlite/sql.hpp"
#include "store/descriptions/token_family.hpp"
#include "store/descriptions/user.hpp"

// With what a user is found by in any case; the two stand behind the values, in this order.
#define MIM_WHOLE_USER_COLUMNS MIM_USER_COLUMNS ", username_folded, email_folded"
#define MIM_WHOLE_USER_VALUES MIM_USER_VALUES ", " MIM_USER_NEXT_TWO
// A walk through all of them: a text can be anywhere in a name.
#define MIM_USER_MATCHES(parameter) \
    "(instr(username_folded, " parameter ") > 0 OR instr(email_folded, " parameter ") > 0)"
// Somebody but ?1 administers; or ?1 does not, so that nothing is lost by changing it.
#define MIM_KEEPS_AN_ADMIN                                                                             \
    "(EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND disabled = 0 AND id <> ?1) OR NOT EXISTS (" \
    "SELECT 1 FROM users WHERE id = ?1 AND role = 'admin' AND disabled = 0))"

// No reset is open.
#define MIM_WITHOUT_RESET "reset_token_hash = NULL, reset_expires_at = NULL, reset_offered_by = NULL"
// Whoever offered the reset of `user` administers.
#define MIM_OFFERED_BY_AN_ADMIN(user) \
    "EXISTS (SELECT 1 FROM users WHERE id = " user ".reset_offered_by AND role = 'admin' AND disabled = 0)"

namespace mim::store::sql {

inline constexpr sqlite::Sql insert_user =
    "INSERT INTO users (" MIM_WHOLE_USER_COLUMNS ") VALUES (" MIM_WHOLE_USER_VALUES ")";
inline constexpr sqlite::Sql put_user =
    "INSERT INTO users (" MIM_WHOLE_USER_COLUMNS ") VALUES (" MIM_WHOLE_USER_VALUES
    ") ON CONFLICT (id) DO UPDATE SET (" MIM_WHOLE_USER_COLUMNS ") = (" MIM_WHOLE_USER_VALUES ")";
inline constexpr sqlite::Sql user_by_id = "SELECT " MIM_USER_COLUMNS " FROM users WHERE id = ?1";
inline constexpr sqlite::Sql user_by_username =
    "SELECT " MIM_USER_COLUMNS " FROM users WHERE username_folded = ?1";
inline constexpr sqlite::Sql user_by_email = "SELECT " MIM_USER_COLUMNS " FROM users WHERE email_folded = ?1";
inline constexpr sqlite::Sql set_profile =
    "UPDATE users SET first_name = ?2, last_name = ?3, avatar = ?4, updated_at = ?5 "
    "WHERE id = ?1 AND first_name = ?6 AND last_name = ?7 AND avatar = ?8";
inline constexpr sqlite::Sql change_password =
    "UPDATE users SET password_hash = ?3, kept_family = ?4, updated_at = ?5, "
    "session_version = session_version + 1, " MIM_WITHOUT_RESET " WHERE id = ?1 AND password_hash = ?2";
inline constexpr sqlite::Sql set_email =
    "UPDATE users SET email = ?2, email_folded = ?3, updated_at = ?4 WHERE id = ?1";
inline constexpr sqlite::Sql delete_user = "DELETE FROM users WHERE id = ?1 AND " MIM_KEEPS_AN_ADMIN;
inline constexpr sqlite::Sql offer_reset =
    "UPDATE users SET reset_token_hash = ?2, reset_expires_at = ?3, reset_offered_by = ?4 WHERE id = ?1";
inline constexpr sqlite::Sql user_by_reset =
    "SELECT " MIM_USER_COLUMNS
    " FROM users AS of_it WHERE reset_token_hash = ?1 AND reset_expires_at > ?2 "
    "AND " MIM_OFFERED_BY_AN_ADMIN("of_it");
inline constexpr sqlite::Sql redeem_reset =
    "UPDATE users AS of_it SET password_hash = ?3, kept_family = NULL, updated_at = ?4, "
    "session_version = session_version + 1, " MIM_WITHOUT_RESET
    " WHERE id = ?1 AND reset_token_hash = ?2 AND reset_expires_at > ?4 "
    "AND " MIM_OFFERED_BY_AN_ADMIN("of_it");
inline constexpr sqlite::Sql take_back_offers =
    "UPDATE users SET " MIM_WITHOUT_RESET " WHERE reset_offered_by = ?1";
inline constexpr sqlite::Sql user_exists = "SELECT 1 FROM users WHERE id = ?1";
inline constexpr sqlite::Sql set_role = "UPDATE users SET role = ?2, updated_at = ?3, " MIM_WITHOUT_RESET
                                        " WHERE id = ?1 AND (?2 = 'admin' OR " MIM_KEEPS_AN_ADMIN ")";
inline constexpr sqlite::Sql set_disabled =
    "UPDATE users SET disabled = ?2, updated_at = ?3, session_version = session_version + ?2, "
    "kept_family = CASE ?2 WHEN 0 THEN kept_family END, "
    "reset_token_hash = CASE ?2 WHEN 0 THEN reset_token_hash END, "
    "reset_expires_at = CASE ?2 WHEN 0 THEN reset_expires_at END, "
    "reset_offered_by = CASE ?2 WHEN 0 THEN reset_offered_by END WHERE id = ?1 AND (?2 = 0 "
    "OR " MIM_KEEPS_AN_ADMIN ")";
inline constexpr sqlite::Sql count_users = "SELECT COUNT(*) FROM users";
inline constexpr sqlite::Sql had_accounts = "SELECT COUNT(*) FROM had_accounts";
inline constexpr sqlite::Sql list_users =
    "SELECT " MIM_USER_COLUMNS " FROM users ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql search_users =
    "SELECT " MIM_USER_COLUMNS
    " FROM users WHERE " MIM_USER_MATCHES("?3") " ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql count_found_users = "SELECT COUNT(*) FROM users WHERE " MIM_USER_MATCHES("?1");

inline constexpr sqlite::Sql insert_family =
    "INSERT INTO token_families (" MIM_FAMILY_COLUMNS ") VALUES (" MIM_FAMILY_VALUES ")";
inline constexpr sqlite::Sql put_family =
    "INSERT INTO token_families (" MIM_FAMILY_COLUMNS ") VALUES (" MIM_FAMILY_VALUES
    ") ON CONFLICT (id) DO UPDATE SET (" MIM_FAMILY_COLUMNS ") = (" MIM_FAMILY_VALUES ")";
inline constexpr sqlite::Sql whole_family = "SELECT " MIM_FAMILY_COLUMNS " FROM token_families WHERE id = ?1";
inline constexpr sqlite::Sql family =
    "SELECT current_refresh_id, revoked, session_version, other_refresh_ids FROM token_families WHERE id = "
    "?1";
inline constexpr sqlite::Sql rotate_family =
    "UPDATE token_families SET current_refresh_id = ?2, other_refresh_ids = ?3, expires_at = ?4 WHERE id = "
    "?1";
inline constexpr sqlite::Sql revoke_family = "UPDATE token_families SET revoked = 1 WHERE id = ?1";
inline constexpr sqlite::Sql revoke_other_families =
    "UPDATE token_families SET revoked = 1 WHERE user = ?1 AND id <> ?2";
inline constexpr sqlite::Sql revoke_families_of = "UPDATE token_families SET revoked = 1 WHERE user = ?1";
inline constexpr sqlite::Sql delete_families_of = "DELETE FROM token_families WHERE user = ?1";
inline constexpr sqlite::Sql forget_families = "DELETE FROM token_families WHERE expires_at <= ?1";

}  // namespace mim::store::sql
