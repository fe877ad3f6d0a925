// The SQL of what names look like.
#pragma once

#include "drivers/sqlite/sql.hpp"

namespace mim::store::sql {

inline constexpr sqlite::Sql another_user_has_look =
    "SELECT 1 FROM user_looks WHERE look = ?2 AND user <> ?1";
inline constexpr sqlite::Sql another_database_has_look =
    "SELECT 1 FROM database_looks WHERE look = ?2 AND database <> ?1";

inline constexpr sqlite::Sql names_of_user = "SELECT username, email FROM users WHERE id = ?1";
inline constexpr sqlite::Sql forget_looks_of_user = "DELETE FROM user_looks WHERE user = ?1";
inline constexpr sqlite::Sql note_look_of_user =
    "INSERT OR IGNORE INTO user_looks (user, look) VALUES (?1, ?2)";
inline constexpr sqlite::Sql note_version_of_user_looks = "UPDATE users SET looks_version = ?2 WHERE id = ?1";
inline constexpr sqlite::Sql users_of_other_looks = "SELECT id FROM users WHERE looks_version IS NOT ?1";

inline constexpr sqlite::Sql names_of_database = "SELECT name FROM databases WHERE id = ?1";
inline constexpr sqlite::Sql forget_looks_of_database = "DELETE FROM database_looks WHERE database = ?1";
inline constexpr sqlite::Sql note_look_of_database =
    "INSERT OR IGNORE INTO database_looks (database, look) VALUES (?1, ?2)";
inline constexpr sqlite::Sql note_version_of_database_looks =
    "UPDATE databases SET looks_version = ?2 WHERE id = ?1";
inline constexpr sqlite::Sql databases_of_other_looks =
    "SELECT id FROM databases WHERE looks_version IS NOT ?1";

}  // namespace mim::store::sql
