// The SQL of invites.
#pragma once

#include "drivers/sqlite/sql.hpp"

#define MIM_INVITE_COLUMNS \
    "id, created_at, expires_at, created_by, prefix, token_hash, role, email, used_at, used_by, revoked_at"

namespace mim::store::sql {

inline constexpr sqlite::Sql put_invite =
    "INSERT INTO invites (" MIM_INVITE_COLUMNS
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO UPDATE SET created_at = ?2, "
    "expires_at = ?3, created_by = ?4, prefix = ?5, token_hash = ?6, role = ?7, email = ?8, used_at = ?9, "
    "used_by = ?10, revoked_at = ?11";
inline constexpr sqlite::Sql invite_by_id = "SELECT " MIM_INVITE_COLUMNS " FROM invites WHERE id = ?1";
inline constexpr sqlite::Sql invite_by_hash =
    "SELECT " MIM_INVITE_COLUMNS " FROM invites WHERE token_hash = ?1";
inline constexpr sqlite::Sql list_invites =
    "SELECT " MIM_INVITE_COLUMNS " FROM invites ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql count_invites = "SELECT COUNT(*) FROM invites";
inline constexpr sqlite::Sql revoke_invite =
    "UPDATE invites SET revoked_at = COALESCE(revoked_at, ?2) WHERE id = ?1 AND used_at IS NULL";
inline constexpr sqlite::Sql spend_invite =
    "UPDATE invites SET used_at = ?2, used_by = ?3 WHERE id = ?1 AND used_at IS NULL AND revoked_at IS NULL "
    "AND "
    "expires_at > ?2";
inline constexpr sqlite::Sql invite_ids = "SELECT id FROM invites WHERE id > ?1 ORDER BY id LIMIT ?2";

}  // namespace mim::store::sql
