// The SQL of the audit log: added to and read, nothing else.
#pragma once

#include "drivers/sqlite/sql.hpp"

// ?1 database, ?2 users with a comma between each and the next, ?3 action, ?4 outcome, ?5 from, ?6 to. What a
// filter leaves out is null; the field that leads is one of those it has, so that its index finds the entries
// in their order. Users lead when there is one of them.
#define MIM_AUDIT_LEFT                                                                                     \
    "(?1 IS NULL OR +database = ?1) AND (?2 IS NULL OR instr(?2, user) > 0) AND (?3 IS NULL OR +action = " \
    "?3) "                                                                                                 \
    "AND (?4 IS NULL OR +outcome = ?4) AND at >= ?5 AND at < ?6"
#define MIM_AUDIT_LIST(leading)                                 \
    "SELECT entry FROM audit_log WHERE " leading MIM_AUDIT_LEFT \
    " ORDER BY at DESC, id DESC LIMIT ?7 OFFSET ?8"
#define MIM_AUDIT_COUNT(leading) "SELECT COUNT(*) FROM audit_log WHERE " leading MIM_AUDIT_LEFT
// Behind the entry with the time ?7 and the id ?8.
#define MIM_AUDIT_READ(leading)                                                            \
    "SELECT entry FROM audit_log WHERE " leading "(at, id) > (?7, ?8) AND " MIM_AUDIT_LEFT \
    " ORDER BY at, id LIMIT ?9"
#define MIM_AUDIT_BY_DATABASE "database = ?1 AND "
#define MIM_AUDIT_BY_USER "user = ?2 AND "
#define MIM_AUDIT_BY_ACTION "action = ?3 AND "

namespace mim::store::sql {

inline constexpr sqlite::Sql list_audit = MIM_AUDIT_LIST("");
inline constexpr sqlite::Sql list_audit_of_database = MIM_AUDIT_LIST(MIM_AUDIT_BY_DATABASE);
inline constexpr sqlite::Sql list_audit_of_user = MIM_AUDIT_LIST(MIM_AUDIT_BY_USER);
inline constexpr sqlite::Sql list_audit_of_action = MIM_AUDIT_LIST(MIM_AUDIT_BY_ACTION);
inline constexpr sqlite::Sql count_audit = MIM_AUDIT_COUNT("");
inline constexpr sqlite::Sql count_audit_of_database = MIM_AUDIT_COUNT(MIM_AUDIT_BY_DATABASE);
inline constexpr sqlite::Sql count_audit_of_user = MIM_AUDIT_COUNT(MIM_AUDIT_BY_USER);
inline constexpr sqlite::Sql count_audit_of_action = MIM_AUDIT_COUNT(MIM_AUDIT_BY_ACTION);
inline constexpr sqlite::Sql read_audit = MIM_AUDIT_READ("");
inline constexpr sqlite::Sql read_audit_of_database = MIM_AUDIT_READ(MIM_AUDIT_BY_DATABASE);
inline constexpr sqlite::Sql read_audit_of_user = MIM_AUDIT_READ(MIM_AUDIT_BY_USER);
inline constexpr sqlite::Sql read_audit_of_action = MIM_AUDIT_READ(MIM_AUDIT_BY_ACTION);

inline constexpr sqlite::Sql audit_entry_exists = "SELECT 1 FROM audit_log WHERE id = ?1";
inline constexpr sqlite::Sql audit_entry_by_id = "SELECT entry FROM audit_log WHERE id = ?1";
inline constexpr sqlite::Sql insert_audit_entry =
    "INSERT INTO audit_log (id, at, action, outcome, user, database, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
    "?7)";
inline constexpr sqlite::Sql audit_intent_by_id = "SELECT entry FROM audit_intents WHERE id = ?1";
inline constexpr sqlite::Sql insert_audit_intent =
    "INSERT OR REPLACE INTO audit_intents (id, began_at, entry) VALUES (?1, ?2, ?3)";
inline constexpr sqlite::Sql delete_audit_intent = "DELETE FROM audit_intents WHERE id = ?1";
inline constexpr sqlite::Sql audit_intents_before =
    "SELECT entry FROM audit_intents WHERE began_at < ?1 ORDER BY began_at, id LIMIT ?2";

}  // namespace mim::store::sql
