// The SQL of API keys.
#pragma once

#include "drivers/sqlite/sql.hpp"
#include "store/descriptions/api_key.hpp"

namespace mim::store::sql {

inline constexpr sqlite::Sql insert_api_key =
    "INSERT INTO api_keys (" MIM_API_KEY_COLUMNS ") VALUES (" MIM_API_KEY_VALUES ")";
inline constexpr sqlite::Sql api_key_by_id = "SELECT " MIM_API_KEY_COLUMNS " FROM api_keys WHERE id = ?1";
inline constexpr sqlite::Sql api_key_by_prefix =
    "SELECT " MIM_API_KEY_COLUMNS " FROM api_keys WHERE prefix = ?1";
inline constexpr sqlite::Sql list_api_keys =
    "SELECT " MIM_API_KEY_COLUMNS " FROM api_keys ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql count_api_keys = "SELECT COUNT(*) FROM api_keys";
inline constexpr sqlite::Sql list_api_keys_of_owner =
    "SELECT " MIM_API_KEY_COLUMNS
    " FROM api_keys WHERE owner = ?3 ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql count_api_keys_of_owner = "SELECT COUNT(*) FROM api_keys WHERE owner = ?1";
inline constexpr sqlite::Sql delete_api_key = "DELETE FROM api_keys WHERE id = ?1";
inline constexpr sqlite::Sql delete_api_keys_of = "DELETE FROM api_keys WHERE owner = ?1";
inline constexpr sqlite::Sql note_use_of_api_key =
    "UPDATE api_keys SET last_used_at = ?2 WHERE id = ?1 AND COALESCE(last_used_at, 0) < ?2";

}  // namespace mim::store::sql
