// The SQL of the trash: rows go there as they are, and come back as they were.
#pragma once

#include "drivers/sqlite/sql.hpp"
#include "store/descriptions/database.hpp"
#include "store/descriptions/definition.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/descriptions/trash_entry.hpp"
#include "store/sqlite/sql/users.hpp"

namespace mim::store::sql {

// ?1 the database, ?2 the entry of the trash
inline constexpr sqlite::Sql trash_database =
    "INSERT INTO trash (" MIM_TRASH_COLUMNS
    ") SELECT ?2, 'database', ?3, ?4, name, id, (SELECT COUNT(*) FROM definitions WHERE database = ?1) "
    "FROM databases WHERE id = ?1";
inline constexpr sqlite::Sql trash_row_of_database =
    "INSERT INTO trash_databases (trash, " MIM_DATABASE_COLUMNS ") SELECT ?2, " MIM_DATABASE_COLUMNS
    " FROM databases WHERE id = ?1";
inline constexpr sqlite::Sql trash_definitions_of_database =
    "INSERT INTO trash_definitions (trash, " MIM_DEFINITION_COLUMNS ") SELECT ?2, " MIM_DEFINITION_COLUMNS
    " FROM definitions WHERE database = ?1";
inline constexpr sqlite::Sql trash_notes_of_database =
    "INSERT INTO trash_collections (trash, " MIM_MADE_COLLECTION_COLUMNS
    ") SELECT ?2, " MIM_MADE_COLLECTION_COLUMNS " FROM made_collections WHERE database = ?1";
// ?5 the collection; nothing when it has no definitions
inline constexpr sqlite::Sql trash_collection =
    "INSERT INTO trash (" MIM_TRASH_COLUMNS
    ") SELECT ?2, 'definitions', ?3, ?4, collection, database, COUNT(*) FROM definitions "
    "WHERE database = ?1 AND collection = ?5 GROUP BY database, collection";
// ?3 the collection
inline constexpr sqlite::Sql trash_definitions_of_collection =
    "INSERT INTO trash_definitions (trash, " MIM_DEFINITION_COLUMNS ") SELECT ?2, " MIM_DEFINITION_COLUMNS
    " FROM definitions WHERE database = ?1 AND collection = ?3";
inline constexpr sqlite::Sql trash_note_of_collection =
    "INSERT INTO trash_collections (trash, " MIM_MADE_COLLECTION_COLUMNS
    ") SELECT ?2, " MIM_MADE_COLLECTION_COLUMNS " FROM made_collections WHERE database = ?1 AND name = ?3";
// ?1 the user
inline constexpr sqlite::Sql trash_user =
    "INSERT INTO trash (" MIM_TRASH_COLUMNS
    ") SELECT ?2, 'account', ?3, ?4, username, NULL, 0 FROM users WHERE id = ?1";
inline constexpr sqlite::Sql trash_row_of_user =
    "INSERT INTO trash_users (trash, " MIM_WHOLE_USER_COLUMNS ") SELECT ?2, " MIM_WHOLE_USER_COLUMNS
    " FROM users WHERE id = ?1";

inline constexpr sqlite::Sql trash_entry = "SELECT " MIM_TRASH_COLUMNS " FROM trash WHERE id = ?1";
inline constexpr sqlite::Sql list_trash =
    "SELECT " MIM_TRASH_COLUMNS " FROM trash ORDER BY deleted_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql count_trash = "SELECT COUNT(*) FROM trash";
inline constexpr sqlite::Sql list_trash_without_accounts =
    "SELECT " MIM_TRASH_COLUMNS
    " FROM trash WHERE kind <> 'account' ORDER BY deleted_at DESC, id DESC LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql count_trash_without_accounts =
    "SELECT COUNT(*) FROM trash WHERE kind <> 'account'";

inline constexpr sqlite::Sql restore_database =
    "INSERT INTO databases (" MIM_DATABASE_COLUMNS ") SELECT " MIM_DATABASE_COLUMNS
    " FROM trash_databases WHERE trash = ?1";
inline constexpr sqlite::Sql restore_definitions =
    "INSERT INTO definitions (" MIM_DEFINITION_COLUMNS ") SELECT " MIM_DEFINITION_COLUMNS
    " FROM trash_definitions WHERE trash = ?1";
inline constexpr sqlite::Sql restore_notes =
    "INSERT OR IGNORE INTO made_collections (" MIM_MADE_COLLECTION_COLUMNS
    ") SELECT " MIM_MADE_COLLECTION_COLUMNS " FROM trash_collections WHERE trash = ?1";
inline constexpr sqlite::Sql trashed_user = "SELECT " MIM_USER_COLUMNS " FROM trash_users WHERE trash = ?1";
inline constexpr sqlite::Sql restore_user =
    "INSERT INTO users (" MIM_WHOLE_USER_COLUMNS ") SELECT " MIM_WHOLE_USER_COLUMNS
    " FROM trash_users WHERE trash = ?1";
// Whatever an account had when it was deleted, or was given since, is over.
inline constexpr sqlite::Sql end_sessions_of_restored =
    "UPDATE users SET session_version = session_version + 1, kept_family = NULL "
    "WHERE id = (SELECT id FROM trash_users WHERE trash = ?1)";
inline constexpr sqlite::Sql delete_families_of_restored =
    "DELETE FROM token_families WHERE user = (SELECT id FROM trash_users WHERE trash = ?1)";
inline constexpr sqlite::Sql delete_api_keys_of_restored =
    "DELETE FROM api_keys WHERE owner = (SELECT id FROM trash_users WHERE trash = ?1)";
inline constexpr sqlite::Sql purge_trash = "DELETE FROM trash WHERE id = ?1";  // the rest goes with it
inline constexpr sqlite::Sql purge_trash_before = "DELETE FROM trash WHERE deleted_at < ?1";

// Whole entries, for a copy: what is in one, and the same put there. The entry stands behind a part's fields.
inline constexpr sqlite::Sql trashed_database =
    "SELECT " MIM_DATABASE_COLUMNS " FROM trash_databases WHERE trash = ?1";
inline constexpr sqlite::Sql trashed_definitions =
    "SELECT " MIM_DEFINITION_COLUMNS " FROM trash_definitions WHERE trash = ?1 ORDER BY id";
inline constexpr sqlite::Sql trashed_notes =
    "SELECT " MIM_MADE_COLLECTION_COLUMNS " FROM trash_collections WHERE trash = ?1 ORDER BY id";
inline constexpr sqlite::Sql insert_trash_entry =
    "INSERT INTO trash (" MIM_TRASH_COLUMNS ") VALUES (" MIM_TRASH_VALUES ")";
inline constexpr sqlite::Sql insert_trashed_database =
    "INSERT INTO trash_databases (" MIM_DATABASE_COLUMNS ", trash) VALUES (" MIM_DATABASE_VALUES
    ", " MIM_DATABASE_NEXT ")";
inline constexpr sqlite::Sql insert_trashed_user =
    "INSERT INTO trash_users (" MIM_WHOLE_USER_COLUMNS ", trash) VALUES (" MIM_USER_VALUES
    ", " MIM_USER_NEXT_THREE ")";
inline constexpr sqlite::Sql insert_trashed_definition =
    "INSERT INTO trash_definitions (" MIM_DEFINITION_COLUMNS ", trash) VALUES (" MIM_DEFINITION_VALUES
    ", " MIM_DEFINITION_NEXT ")";
inline constexpr sqlite::Sql insert_trashed_note =
    "INSERT INTO trash_collections (" MIM_MADE_COLLECTION_COLUMNS
    ", trash) VALUES (" MIM_MADE_COLLECTION_VALUES ", " MIM_MADE_COLLECTION_NEXT ")";

inline constexpr sqlite::Sql trashed_uris =
    "SELECT id, uri FROM trash_databases WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr sqlite::Sql exchange_trashed_uri =
    "UPDATE trash_databases SET uri = ?3 WHERE id = ?1 AND uri = ?2";

}  // namespace mim::store::sql
