// The SQL of the registry.
#pragma once

#include "drivers/sqlite/sql.hpp"
#include "store/descriptions/definition.hpp"

// A walk through one collection's definitions: a text can be anywhere in them.
#define MIM_DEFINITION_MATCHES(parameter) \
    "(instr(fold(name), " parameter ") > 0 OR instr(fold(signature), " parameter ") > 0)"

namespace mim::store::sql {

inline constexpr sqlite::Sql insert_definition =
    "INSERT INTO definitions (" MIM_DEFINITION_COLUMNS ") VALUES (" MIM_DEFINITION_VALUES ")";
inline constexpr sqlite::Sql definition_by_id =
    "SELECT " MIM_DEFINITION_COLUMNS " FROM definitions WHERE id = ?1";
inline constexpr sqlite::Sql update_definition =
    "UPDATE definitions SET " MIM_DEFINITION_CHANGE " WHERE id = ?1";
// Takes a definition out of the way of the other updates of one change: two of them may swap their names.
inline constexpr sqlite::Sql vacate_definition =
    "UPDATE definitions SET name = char(1) || id, signature = char(1) || id WHERE id = ?1";
inline constexpr sqlite::Sql delete_definition = "DELETE FROM definitions WHERE id = ?1";
inline constexpr sqlite::Sql list_definitions = "SELECT " MIM_DEFINITION_COLUMNS
                                                " FROM definitions WHERE database = ?1 AND collection = ?2 "
                                                "ORDER BY created_at DESC, id DESC LIMIT ?3 OFFSET "
                                                "?4";
inline constexpr sqlite::Sql count_definitions =
    "SELECT COUNT(*) FROM definitions WHERE database = ?1 AND collection = ?2";
inline constexpr sqlite::Sql search_definitions =
    "SELECT " MIM_DEFINITION_COLUMNS
    " FROM definitions WHERE database = ?1 AND collection = ?2 AND " MIM_DEFINITION_MATCHES(
        "?5") " ORDER BY created_at DESC, id DESC LIMIT ?3 OFFSET ?4";
inline constexpr sqlite::Sql count_found_definitions =
    "SELECT COUNT(*) FROM definitions WHERE database = ?1 AND collection = ?2 AND " MIM_DEFINITION_MATCHES(
        "?3");
inline constexpr sqlite::Sql definitions_of_database =
    "SELECT " MIM_DEFINITION_COLUMNS " FROM definitions WHERE database = ?1 ORDER BY collection, name";
inline constexpr sqlite::Sql definitions_of_collection =
    "SELECT " MIM_DEFINITION_COLUMNS
    " FROM definitions WHERE database = ?1 AND collection = ?2 ORDER BY name";

}  // namespace mim::store::sql
