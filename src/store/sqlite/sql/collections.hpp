// The SQL of collections: those with definitions, and those that were made through us.
#pragma once

#include "drivers/sqlite/sql.hpp"
#include "store/descriptions/made_collection.hpp"

// Each name once, by name: two walks that are merged.
#define MIM_KNOWN_COLLECTIONS                                       \
    "SELECT collection FROM definitions WHERE database = ?1 UNION " \
    "SELECT name FROM made_collections WHERE database = ?1 ORDER BY 1"
#define MIM_DEFINITIONS_OF_KNOWN \
    "(SELECT COUNT(*) FROM definitions WHERE database = ?1 AND collection = known.collection)"
#define MIM_MADE_WITHOUT_DEFINITIONS                                             \
    "SELECT COUNT(*) FROM made_collections WHERE database = ?1 AND NOT EXISTS (" \
    "SELECT 1 FROM definitions WHERE database = ?1 AND collection = made_collections.name)"

namespace mim::store::sql {

inline constexpr sqlite::Sql list_collections =
    "SELECT collection, " MIM_DEFINITIONS_OF_KNOWN " FROM (" MIM_KNOWN_COLLECTIONS
    " LIMIT ?2 OFFSET ?3) AS known";
inline constexpr sqlite::Sql count_collections =
    "SELECT (SELECT COUNT(DISTINCT collection) FROM definitions WHERE database = ?1)"
    " + (" MIM_MADE_WITHOUT_DEFINITIONS ")";
inline constexpr sqlite::Sql search_collections =
    "SELECT collection, " MIM_DEFINITIONS_OF_KNOWN " FROM (" MIM_KNOWN_COLLECTIONS
    ") AS known WHERE instr(fold(collection), ?4) > 0 LIMIT ?2 OFFSET ?3";
// MAX() keeps the search behind the grouping: each name is folded once, not once a definition of it.
inline constexpr sqlite::Sql count_found_collections =
    "SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM definitions WHERE database = ?1"
    " GROUP BY collection HAVING instr(fold(MAX(collection)), ?2) > 0))"
    " + (" MIM_MADE_WITHOUT_DEFINITIONS " AND instr(fold(name), ?2) > 0)";
inline constexpr sqlite::Sql collection_has_definitions =
    "SELECT 1 FROM definitions WHERE database = ?1 AND collection = ?2 LIMIT 1";
inline constexpr sqlite::Sql rename_collection =
    "UPDATE definitions SET collection = ?3 WHERE database = ?1 AND collection = ?2";
inline constexpr sqlite::Sql delete_collection =
    "DELETE FROM definitions WHERE database = ?1 AND collection = ?2";

inline constexpr sqlite::Sql note_made_collection =
    "INSERT INTO made_collections (" MIM_MADE_COLLECTION_COLUMNS ") VALUES (" MIM_MADE_COLLECTION_VALUES
    ") ON CONFLICT (database, name) DO NOTHING";
inline constexpr sqlite::Sql rename_made_collection =
    "UPDATE OR REPLACE made_collections SET name = ?3 WHERE database = ?1 AND name = ?2";
inline constexpr sqlite::Sql delete_made_collection =
    "DELETE FROM made_collections WHERE database = ?1 AND name = ?2";
inline constexpr sqlite::Sql made_collection_by_id =
    "SELECT " MIM_MADE_COLLECTION_COLUMNS " FROM made_collections WHERE id = ?1";
inline constexpr sqlite::Sql put_made_collection =
    "INSERT INTO made_collections (" MIM_MADE_COLLECTION_COLUMNS ") VALUES (" MIM_MADE_COLLECTION_VALUES
    ") ON CONFLICT (id) DO UPDATE SET (" MIM_MADE_COLLECTION_COLUMNS ") = (" MIM_MADE_COLLECTION_VALUES ")";

}  // namespace mim::store::sql
