#include "unit/queue/invariants.hpp"

#include <gtest/gtest.h>

#include "unit/store/sqlite_world.hpp"

namespace mim::queue {
namespace {

struct Invariant {
    const char* broken;
    sqlite::Sql counts_violations;
};

constexpr Invariant invariants[] = {
    {"an active sync without a job",
     "SELECT COUNT(*) FROM syncs WHERE status IN ('pending', 'running') AND id NOT IN (SELECT sync FROM "
     "jobs)"},
    {"a job without an active sync",
     "SELECT COUNT(*) FROM jobs WHERE sync NOT IN (SELECT id FROM syncs WHERE status IN ('pending', "
     "'running'))"},
    {"two active syncs of one database",
     "SELECT COUNT(*) FROM (SELECT 1 FROM syncs WHERE status IN ('pending', 'running') GROUP BY database"
     " HAVING COUNT(*) > 1)"},
    {"a sync claimed under a fence that its job never had",
     "SELECT COUNT(*) FROM syncs JOIN jobs ON jobs.sync = syncs.id WHERE syncs.fence > jobs.fence"},
    {"a finished sync without its time of completion",
     "SELECT COUNT(*) FROM syncs WHERE (status IN ('pending', 'running')) <> (completed_at IS NULL)"},
    {"a count of tasks that is not that of the records",
     "SELECT COUNT(*) FROM syncs WHERE total_tasks <> (SELECT COUNT(*) FROM sync_records WHERE sync = "
     "syncs.id)"
     " OR completed_tasks <> (SELECT COUNT(*) FROM sync_records WHERE sync = syncs.id"
     " AND status NOT IN ('pending', 'running'))"},
    {"a gap in the positions of records",
     "SELECT COUNT(*) FROM (SELECT 1 FROM sync_records GROUP BY sync HAVING MAX(position) + 1 <> COUNT(*))"},
    {"a completed sync with unfinished records",
     "SELECT COUNT(*) FROM syncs JOIN sync_records ON sync = id WHERE syncs.status = 'completed'"
     " AND sync_records.status IN ('pending', 'running')"},
    {"a definition left half-way of a change",
     "SELECT COUNT(*) FROM definitions WHERE name LIKE char(1) || '%'"},
};

}  // namespace

void expect_sound(const std::filesystem::path& file) {
    const auto connections = store::open_or_throw(file);
    auto reader = connections->read();
    ASSERT_TRUE(reader);
    auto integrity = (*reader)->statement("PRAGMA integrity_check");
    ASSERT_TRUE(integrity->step().value());
    EXPECT_EQ(integrity->text(0), "ok");
    auto orphans = (*reader)->statement("PRAGMA foreign_key_check");
    EXPECT_FALSE(orphans->step().value());
    for (const auto& invariant : invariants) {
        auto violations = (*reader)->statement(invariant.counts_violations);
        ASSERT_TRUE(violations) << violations.error().message;
        ASSERT_TRUE(violations->step().value());
        EXPECT_EQ(violations->integer(0), 0) << invariant.broken;
    }
}

std::set<std::string> stored_definitions(const std::filesystem::path& file) {
    const auto connections = store::open_or_throw(file);
    auto reader = connections->read();
    auto rows = (*reader)->statement("SELECT id FROM definitions");
    std::set<std::string> ids;
    while (rows->step().value()) ids.emplace(rows->text(0));
    return ids;
}

}  // namespace mim::queue
