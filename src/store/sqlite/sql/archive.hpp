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
inline constexpr sqlite::Sql trash_ids = "SELECT id FROM trash WHERE id > ?1 ORDER BY id LIMIT ?2";

inline constexpr sqlite::Sql cancel_requested = "SELECT cancel_requested FROM syncs WHERE id = ?1";

// Its records and its job go with it.
inline constexpr sqlite::Sql delete_sync = "DELETE FROM syncs WHERE id = ?1";
inline constexpr sqlite::Sql bring_to_state =
    "UPDATE syncs SET started_at = ?2, completed_at = ?3, status = ?4, progress = ?5, points = ?6, error = "
    "?7, total_tasks = ?8, completed_tasks = ?9, fence = ?10, cancel_requested = ?11 WHERE id = ?1";

}  // namespace mim::store::sql
