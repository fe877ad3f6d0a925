// The SQL of the queue. A job is ready when it is due and not leased, or when the lease on it has ended; the
// expression is that of the index jobs_by_readiness. It is also ready when that end lies twice as far away as
// the lease or the delay is long: a clock that was ahead has been put right. Twice, so that a clock which is
// put back by a little ends no lease. The index of that is jobs_by_distance.
#pragma once

#include "drivers/sqlite/sql.hpp"

#define MIM_JOB_END "COALESCE(leased_until, due_at)"
#define MIM_JOB_TOO_FAR MIM_JOB_END " - 2 * span > ?1"
#define MIM_JOB_LEASED "(leased_until > ?1 AND NOT IFNULL(" MIM_JOB_TOO_FAR ", 0))"

namespace mim::queue::sql {

inline constexpr sqlite::Sql any_ready =
    "SELECT 1 FROM jobs WHERE " MIM_JOB_END " <= ?1 UNION ALL SELECT 1 FROM jobs WHERE " MIM_JOB_TOO_FAR
    " LIMIT 1";
// A sync that another kind of queue served before may have seen greater fences than this table.
// `late`: it was leased before, and whoever had it was not heard of again.
inline constexpr sqlite::Sql lease =
    "UPDATE jobs SET worker = ?2, leased_until = ?3, span = ?4, attempt = attempt + 1,"
    " late = leased_until IS NOT NULL,"
    " fence = MAX(fence, (SELECT syncs.fence FROM syncs WHERE syncs.id = jobs.sync)) + 1"
    " WHERE sync = COALESCE("
    "(SELECT sync FROM jobs WHERE " MIM_JOB_END " <= ?1 ORDER BY " MIM_JOB_END
    ", sync LIMIT 1), "
    "(SELECT sync FROM jobs WHERE " MIM_JOB_TOO_FAR " ORDER BY " MIM_JOB_END
    " - 2 * span, sync LIMIT 1))"
    " RETURNING sync, fence, attempt, late";
inline constexpr sqlite::Sql extend =
    "UPDATE jobs SET leased_until = ?4, span = ?5 WHERE sync = ?1 AND fence = ?2 AND worker = ?3";
inline constexpr sqlite::Sql complete = "DELETE FROM jobs WHERE sync = ?1 AND fence = ?2 AND worker = ?3";
inline constexpr sqlite::Sql ended_under_fence =
    "SELECT 1 FROM syncs WHERE id = ?1 AND fence = ?2 AND status NOT IN ('pending', 'running')";
// ?5: how many attempts to take back.
inline constexpr sqlite::Sql hand_back =
    "UPDATE jobs SET worker = NULL, leased_until = NULL, due_at = ?4, span = ?6, attempt = attempt - ?5"
    " WHERE sync = ?1 AND fence = ?2 AND worker = ?3";
// Walks the whole table: it holds active syncs only.
inline constexpr sqlite::Sql figures =
    "SELECT COUNT(*) FILTER (WHERE " MIM_JOB_LEASED
    "), COUNT(*),"
    " MIN(due_at) FILTER (WHERE leased_until IS NULL OR NOT " MIM_JOB_LEASED
    "),"
    " COUNT(*) FILTER (WHERE leased_until IS NULL AND due_at > ?1 AND NOT IFNULL(" MIM_JOB_TOO_FAR
    ", 0)),"
    " (SELECT COUNT(*) FROM dead_letters) FROM jobs";
inline constexpr sqlite::Sql leases_held = "SELECT COUNT(*) FROM jobs WHERE " MIM_JOB_LEASED;

inline constexpr sqlite::Sql bury =
    "INSERT OR REPLACE INTO dead_letters (sync, attempts, reason, buried_at) VALUES (?1, ?2, ?3, ?4)";
inline constexpr sqlite::Sql list_letters =
    "SELECT sync, attempts, reason, buried_at FROM dead_letters ORDER BY buried_at DESC, sync DESC"
    " LIMIT ?1 OFFSET ?2";
inline constexpr sqlite::Sql letter =
    "SELECT sync, attempts, reason, buried_at FROM dead_letters WHERE sync = ?1";
inline constexpr sqlite::Sql count_letters = "SELECT COUNT(*) FROM dead_letters";
inline constexpr sqlite::Sql remove_letter = "DELETE FROM dead_letters WHERE sync = ?1";
inline constexpr sqlite::Sql clear_letters = "DELETE FROM dead_letters";

}  // namespace mim::queue::sql
