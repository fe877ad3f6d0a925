// Every statement finds its rows by an index, and no list sorts; but for those that say why not.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "store/sqlite/sql/databases.hpp"
#include "store/sqlite/sql/definitions.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sqlite/sql/users.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

struct Case {
    const char* name;
    sqlite::Sql sql;
};

class QueryPlan : public ::testing::TestWithParam<Case> {
  protected:
    // The plan of the statement, one line a step.
    std::string plan(sqlite::Sql sql) {
        sqlite3* raw = nullptr;
        EXPECT_EQ(sqlite3_open(world_.file().c_str(), &raw), SQLITE_OK);
        sqlite3_create_function(
            raw, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
            [](sqlite3_context*, int, sqlite3_value**) {}, nullptr, nullptr);
        sqlite3_stmt* statement = nullptr;
        const std::string text = std::string("EXPLAIN QUERY PLAN ") + sql.text();
        EXPECT_EQ(sqlite3_prepare_v2(raw, text.c_str(), -1, &statement, nullptr), SQLITE_OK)
            << sqlite3_errmsg(raw);
        std::string lines;
        while (sqlite3_step(statement) == SQLITE_ROW)
            lines += std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3))) + "\n";
        sqlite3_finalize(statement);
        sqlite3_close(raw);
        return lines;
    }

  private:
    SqliteWorld world_;
};

using FoundByIndex = QueryPlan;
TEST_P(FoundByIndex, NeitherScansNorSorts) {
    const auto lines = plan(GetParam().sql);
    EXPECT_FALSE(lines.empty());
    EXPECT_EQ(lines.find("SCAN"), std::string::npos) << lines;
    EXPECT_EQ(lines.find("TEMP B-TREE"), std::string::npos) << lines;
}

#define CASE(statement)            \
    Case {                         \
#statement, sql::statement \
    }
INSTANTIATE_TEST_SUITE_P(
    Sql, FoundByIndex,
    ::testing::Values(CASE(user_by_id), CASE(user_by_username), CASE(user_by_email), CASE(set_profile),
                      CASE(set_password_hash), CASE(family), CASE(rotate_family), CASE(revoke_family),
                      CASE(revoke_other_families), CASE(forget_families), CASE(database_by_id),
                      CASE(update_database), CASE(delete_database), CASE(active_sync), CASE(definition_by_id),
                      CASE(update_definition), CASE(vacate_definition), CASE(delete_definition),
                      CASE(list_definitions), CASE(count_definitions), CASE(search_definitions),
                      CASE(count_found_definitions), CASE(definitions_of_database),
                      CASE(definitions_of_collection), CASE(list_collections), CASE(search_collections),
                      CASE(collection_has_definitions), CASE(rename_collection), CASE(delete_collection),
                      CASE(sync_by_id), CASE(records_of_sync), CASE(list_syncs), CASE(count_syncs),
                      CASE(has_active_sync), CASE(count_active_syncs), CASE(cancel_pending_sync),
                      CASE(ask_running_sync_to_stop), CASE(sync_exists), CASE(claim_sync),
                      CASE(sync_under_fence), CASE(delete_records), CASE(record_state), CASE(update_record),
                      CASE(set_progress), CASE(add_progress), CASE(finish_sync), CASE(delete_job)),
    [](const auto& each) { return std::string(each.param.name); });

// A text can be anywhere in a name; counting everything visits everything. Even so no list sorts.
using AllowedToScan = QueryPlan;
TEST_P(AllowedToScan, WalksAnIndexOnceAndDoesNotSort) {
    const auto lines = plan(GetParam().sql);
    EXPECT_NE(lines.find("INDEX"), std::string::npos) << lines;
    EXPECT_EQ(lines.find("TEMP B-TREE"), std::string::npos) << lines;
}
INSTANTIATE_TEST_SUITE_P(Sql, AllowedToScan,
                         ::testing::Values(CASE(list_databases), CASE(search_databases), CASE(count_users),
                                           CASE(count_databases), CASE(count_collections),
                                           CASE(count_found_collections)),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace mim::store
