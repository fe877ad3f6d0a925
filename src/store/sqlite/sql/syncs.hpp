// The SQL of syncs, their records, and the job that comes with each.
#pragma once

#include "drivers/sqlite/sql.hpp"
#include "store/descriptions/sync.hpp"

// What was asked, and how it went.
#define MIM_SYNC_COLUMNS   \
    MIM_SYNC_ORDER_COLUMNS \
    ", started_at, completed_at, status, progress, error, total_tasks, completed_tasks, fence"
#define MIM_RECORD_COLUMNS                                                                   \
    "position, collection, index_name, action, status, started_at, completed_at, progress, " \
    "error_code, error_name, error_message, reason, risk, statement, definition, definition_id"

namespace mim::store::sql {

inline constexpr sqlite::Sql insert_sync =
    "INSERT INTO syncs (" MIM_SYNC_ORDER_COLUMNS ", status) VALUES (" MIM_SYNC_ORDER_VALUES ", 'pending')";
inline constexpr sqlite::Sql insert_job = "INSERT INTO jobs (sync, due_at, span) VALUES (?1, ?2, 0)";
inline constexpr sqlite::Sql delete_job = "DELETE FROM jobs WHERE sync = ?1";
inline constexpr sqlite::Sql sync_by_id = "SELECT " MIM_SYNC_COLUMNS " FROM syncs WHERE id = ?1";
inline constexpr sqlite::Sql records_of_sync =
    "SELECT " MIM_RECORD_COLUMNS " FROM sync_records WHERE sync = ?1 ORDER BY position";
inline constexpr sqlite::Sql list_syncs =
    "SELECT " MIM_SYNC_COLUMNS
    " FROM syncs WHERE database = ?1 ORDER BY created_at DESC, id DESC LIMIT ?2 OFFSET ?3";
inline constexpr sqlite::Sql count_syncs = "SELECT COUNT(*) FROM syncs WHERE database = ?1";
inline constexpr sqlite::Sql active_sync =
    "SELECT id FROM syncs WHERE database = ?1 AND status IN ('pending', 'running')";
inline constexpr sqlite::Sql count_active_syncs =
    "SELECT COUNT(*) FROM syncs WHERE status IN ('pending', 'running')";
// Active ones are few: one a database at most.
inline constexpr sqlite::Sql active_syncs =
    "SELECT id FROM syncs WHERE status IN ('pending', 'running') ORDER BY created_at, id LIMIT ?1";
inline constexpr sqlite::Sql cancel_pending_sync =
    "UPDATE syncs SET status = 'cancelled', completed_at = ?2, updated_at = ?2 WHERE id = ?1 AND status = "
    "'pending'";
inline constexpr sqlite::Sql ask_running_sync_to_stop =
    "UPDATE syncs SET cancel_requested = 1, updated_at = ?2 WHERE id = ?1 AND status = 'running'";
inline constexpr sqlite::Sql sync_exists = "SELECT 1 FROM syncs WHERE id = ?1";

// Of a worker.
inline constexpr sqlite::Sql claim_sync =
    "UPDATE syncs SET status = 'running', fence = ?2, started_at = COALESCE(started_at, ?3), updated_at = ?3"
    " WHERE id = ?1 AND fence <= ?2 AND status IN ('pending', 'running')";
inline constexpr sqlite::Sql sync_under_fence =
    "SELECT cancel_requested FROM syncs WHERE id = ?1 AND fence = ?2 AND status = 'running'";
// The columns have their names from when only workers that vanished were counted.
inline constexpr sqlite::Sql count_takeover =
    "UPDATE syncs SET vanished = ?4 + CASE WHEN points > vanished_at_points THEN 0 ELSE vanished END,"
    " vanished_at_points = points, updated_at = ?3"
    " WHERE id = ?1 AND fence = ?2 AND status = 'running' RETURNING vanished";
inline constexpr sqlite::Sql insert_record =
    "INSERT INTO sync_records (sync, " MIM_RECORD_COLUMNS
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
inline constexpr sqlite::Sql delete_records = "DELETE FROM sync_records WHERE sync = ?1";
inline constexpr sqlite::Sql record_state =
    "SELECT status, progress FROM sync_records WHERE sync = ?1 AND position = ?2";
inline constexpr sqlite::Sql update_record =
    "UPDATE sync_records SET collection = ?3, index_name = ?4, action = ?5, status = ?6, started_at = ?7,"
    " completed_at = ?8, progress = ?9, error_code = ?10, error_name = ?11, error_message = ?12, reason = "
    "?13,"
    " risk = ?14, statement = ?15, definition = ?16, definition_id = ?17 WHERE sync = ?1 "
    "AND position = ?2";
// points: 100 for each record in a final state, else its progress.
inline constexpr sqlite::Sql set_progress =
    "UPDATE syncs SET total_tasks = ?2, completed_tasks = ?3, points = ?4,"
    " progress = CASE WHEN ?2 > 0 THEN ?4 / ?2 ELSE 0 END, updated_at = ?5 WHERE id = ?1";
inline constexpr sqlite::Sql add_progress =
    "UPDATE syncs SET completed_tasks = completed_tasks + ?2, points = points + ?3,"
    " progress = (points + ?3) / total_tasks, updated_at = ?4 WHERE id = ?1";
inline constexpr sqlite::Sql finish_sync =
    "UPDATE syncs SET status = ?3, error = ?4, completed_at = ?5, updated_at = ?5,"
    " progress = CASE WHEN ?3 = 'completed' THEN 100 ELSE progress END"
    " WHERE id = ?1 AND fence = ?2 AND status = 'running'";

}  // namespace mim::store::sql
