// The SQL of moving everything to another store or from it.
#pragma once

#include "drivers/sqlite/sql.hpp"

namespace mim::store::sql {

inline constexpr sqlite::Sql user_ids = "SELECT id FROM users WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql family_ids = "SELECT id FROM token_families WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql database_ids = "SELECT id FROM databases WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql definition_ids = "SELECT id FROM definitions WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql sync_ids = "SELECT id FROM syncs WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql api_key_ids = "SELECT id FROM api_keys WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql audit_entry_ids = "SELECT id FROM audit_log WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql audit_intent_ids =
    "SELECT id FROM audit_intents WHERE id > ?1 ORDER BY id LIMIT ?2";

inline constexpr sqlite::Sql made_collection_ids =
    "SELECT id FROM made_collections WHERE id > ?1 ORDER BY id LIMIT ?2";

inline constexpr sqlite::Sql whole_family =
    "SELECT id, user, current_refresh_id, expires_at, revoked, session_version, other_refresh_ids FROM "
    "token_families WHERE id = ?1";
inline constexpr sqlite::Sql cancel_requested = "SELECT cancel_requested FROM syncs WHERE id = ?1";

inline constexpr sqlite::Sql put_user =
    "INSERT INTO users (id, created_at, updated_at, username, email, password_hash, first_name, last_name, "
    "avatar, role, username_folded, email_folded, disabled, session_version, kept_family) VALUES (?1, ?2, "
    "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) "
    "ON CONFLICT (id) DO UPDATE SET created_at = ?2, updated_at = ?3, username = ?4, email = ?5, "
    "password_hash = ?6, first_name = ?7, last_name = ?8, avatar = ?9, role = ?10, username_folded = ?11, "
    "email_folded = ?12, disabled = ?13, session_version = ?14, kept_family = ?15";
inline constexpr sqlite::Sql put_family =
    "INSERT INTO token_families (id, user, current_refresh_id, expires_at, revoked, session_version, "
    "other_refresh_ids) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET user = ?2, "
    "current_refresh_id = ?3, expires_at = ?4, revoked = ?5, session_version = ?6, other_refresh_ids = ?7";
inline constexpr sqlite::Sql put_database =
    "INSERT INTO databases (id, created_at, updated_at, name, description, uri, db_name, protected, "
    "show_duplicates, place) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET "
    "created_at "
    "= ?2, updated_at = ?3, name = ?4, "
    "description "
    "= ?5, uri = ?6, db_name = ?7, protected = ?8, show_duplicates = ?9, place = ?10";
// Its records and its job go with it.
inline constexpr sqlite::Sql delete_sync = "DELETE FROM syncs WHERE id = ?1";
inline constexpr sqlite::Sql bring_to_state =
    "UPDATE syncs SET started_at = ?2, completed_at = ?3, status = ?4, progress = ?5, points = ?6, error = "
    "?7, total_tasks = ?8, completed_tasks = ?9, fence = ?10, cancel_requested = ?11 WHERE id = ?1";

}  // namespace mim::store::sql
