// The SQL of target databases.
#pragma once

#include "drivers/sqlite/sql.hpp"
#include "store/descriptions/database.hpp"

// A walk through all of them: a text can be anywhere in a name, and there are a few thousand databases at
// most.
#define MIM_DATABASE_MATCHES(parameter) \
    "(instr(fold(name), " parameter ") > 0 OR instr(fold(description), " parameter ") > 0)"

namespace mim::store::sql {

inline constexpr sqlite::Sql insert_database =
    "INSERT INTO databases (" MIM_DATABASE_COLUMNS ") VALUES (" MIM_DATABASE_VALUES ")";
// Its definitions stay with it.
inline constexpr sqlite::Sql put_database =
    "INSERT INTO databases (" MIM_DATABASE_COLUMNS ") VALUES (" MIM_DATABASE_VALUES
    ") ON CONFLICT (id) DO UPDATE SET (" MIM_DATABASE_COLUMNS ") = (" MIM_DATABASE_VALUES ")";
inline constexpr sqlite::Sql database_by_id = "SELECT " MIM_DATABASE_COLUMNS " FROM databases WHERE id = ?1";
inline constexpr sqlite::Sql list_databases =
    "SELECT " MIM_DATABASE_COLUMNS " FROM databases ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql count_databases = "SELECT COUNT(*) FROM databases";
inline constexpr sqlite::Sql search_databases =
    "SELECT " MIM_DATABASE_COLUMNS " FROM databases WHERE " MIM_DATABASE_MATCHES(
        "?3") " ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql count_found_databases =
    "SELECT COUNT(*) FROM databases WHERE " MIM_DATABASE_MATCHES("?1");
inline constexpr sqlite::Sql update_database =
    "UPDATE databases SET " MIM_DATABASE_CHANGE " WHERE id = ?1 AND updated_at = " MIM_DATABASE_NEXT;
inline constexpr sqlite::Sql place_of_database = "SELECT place FROM databases WHERE id = ?1";
// Of one database's name, which the text of a place begins with.
inline constexpr sqlite::Sql neighbours =
    "SELECT id, place, protected FROM databases WHERE place >= ?1 AND place < ?2";
inline constexpr sqlite::Sql set_place = "UPDATE databases SET place = ?2 WHERE id = ?1 AND place IS ?3";
inline constexpr sqlite::Sql set_seen_server =
    "UPDATE databases SET seen_server = ?2 WHERE id = ?1 AND seen_server IS ?3";
inline constexpr sqlite::Sql forget_seen_server = "UPDATE databases SET seen_server = NULL WHERE id = ?1";
inline constexpr sqlite::Sql database_exists = "SELECT 1 FROM databases WHERE id = ?1";
inline constexpr sqlite::Sql database_is_named = "SELECT 1 FROM databases WHERE id = ?1 AND name = ?2";
inline constexpr sqlite::Sql set_protected =
    "UPDATE databases SET protected = ?2, updated_at = ?3 WHERE id = ?1";
inline constexpr sqlite::Sql delete_database = "DELETE FROM databases WHERE id = ?1";
inline constexpr sqlite::Sql stored_uris = "SELECT id, uri FROM databases WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql exchange_uri = "UPDATE databases SET uri = ?3 WHERE id = ?1 AND uri = ?2";

}  // namespace mim::store::sql
