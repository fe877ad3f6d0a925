// The SQL of invites.
#pragma once

#include "drivers/sqlite/sql.hpp"
#include "store/descriptions/invite.hpp"

namespace mim::store::sql {

inline constexpr sqlite::Sql put_invite =
    "INSERT INTO invites (" MIM_INVITE_COLUMNS ") VALUES (" MIM_INVITE_VALUES
    ") ON CONFLICT (id) DO UPDATE SET (" MIM_INVITE_COLUMNS ") = (" MIM_INVITE_VALUES ")";
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
