// Every statement finds its rows by an index, and no list sorts; but for those that say why not.
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "queue/sqlite/sqlite_queue_sql.hpp"
#include "source_folder.hpp"
#include "store/sqlite/sql/api_keys.hpp"
#include "store/sqlite/sql/archive.hpp"
#include "store/sqlite/sql/audit.hpp"
#include "store/sqlite/sql/collections.hpp"
#include "store/sqlite/sql/databases.hpp"
#include "store/sqlite/sql/definitions.hpp"
#include "store/sqlite/sql/invites.hpp"
#include "store/sqlite/sql/looks.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sqlite/sql/trash.hpp"
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
#define QUEUE_CASE(statement)             \
    Case {                                \
#statement, queue::sql::statement \
    }

const std::vector<Case> found_by_index{
    CASE(user_by_id), CASE(user_by_username), CASE(user_by_email), CASE(set_profile), CASE(change_password),
    CASE(user_exists), CASE(invite_by_id), CASE(invite_by_hash), CASE(revoke_invite), CASE(spend_invite),
    CASE(revoke_families_of), CASE(set_protected), CASE(set_place), CASE(set_seen_server),
    CASE(forget_seen_server), CASE(neighbours), CASE(set_email), CASE(place_of_database), CASE(offer_reset),
    CASE(user_by_reset), CASE(redeem_reset), CASE(take_back_offers), CASE(delete_families_of),
    CASE(delete_api_keys_of), CASE(database_is_named), CASE(another_user_has_look), CASE(names_of_user),
    CASE(forget_looks_of_user), CASE(note_version_of_user_looks), CASE(another_database_has_look),
    CASE(names_of_database), CASE(forget_looks_of_database), CASE(note_version_of_database_looks),
    // API keys and the audit log
    CASE(api_key_by_id), CASE(api_key_by_prefix), CASE(list_api_keys_of_owner), CASE(count_api_keys_of_owner),
    CASE(delete_api_key), CASE(note_use_of_api_key), CASE(list_audit), CASE(list_audit_of_database),
    CASE(list_audit_of_user), CASE(list_audit_of_action), CASE(count_audit), CASE(count_audit_of_database),
    CASE(count_audit_of_user), CASE(count_audit_of_action), CASE(read_audit), CASE(read_audit_of_database),
    CASE(read_audit_of_user), CASE(read_audit_of_action), CASE(audit_entry_exists), CASE(audit_entry_by_id),
    CASE(audit_intent_by_id), CASE(delete_audit_intent), CASE(audit_intents_before), CASE(exchange_uri),
    CASE(family), CASE(rotate_family), CASE(revoke_family), CASE(revoke_other_families),
    CASE(forget_families), CASE(database_by_id), CASE(database_exists), CASE(update_database),
    CASE(delete_database), CASE(active_sync), CASE(definition_by_id), CASE(update_definition),
    CASE(vacate_definition), CASE(delete_definition), CASE(count_definitions), CASE(count_found_definitions),
    CASE(definitions_of_database), CASE(definitions_of_collection), CASE(rename_made_collection),
    CASE(delete_made_collection), CASE(made_collection_by_id), CASE(made_collection_ids),
    CASE(collection_has_definitions), CASE(rename_collection), CASE(delete_collection), CASE(sync_by_id),
    CASE(records_of_sync), CASE(list_syncs), CASE(count_syncs), CASE(cancel_pending_sync),
    CASE(ask_running_sync_to_stop), CASE(sync_exists), CASE(claim_sync), CASE(sync_under_fence),
    CASE(delete_records), CASE(record_state), CASE(update_record), CASE(set_progress), CASE(add_progress),
    CASE(finish_sync), CASE(delete_job), CASE(count_takeover),
    // the trash
    CASE(trash_entry), CASE(purge_trash), CASE(purge_trash_before), CASE(restore_database),
    CASE(restore_definitions), CASE(restore_notes), CASE(restore_user), CASE(trashed_user),
    CASE(exchange_trashed_uri), CASE(end_sessions_of_restored), CASE(delete_families_of_restored),
    CASE(delete_api_keys_of_restored), CASE(trash_database), CASE(trash_row_of_database),
    CASE(trash_definitions_of_database), CASE(trash_notes_of_database), CASE(trash_collection),
    CASE(trash_definitions_of_collection), CASE(trash_note_of_collection), CASE(trash_user),
    CASE(trash_row_of_user), CASE(trashed_uris), CASE(trashed_database), CASE(trashed_definitions),
    CASE(trashed_notes),
    // moving house
    CASE(user_ids), CASE(invite_ids), CASE(api_key_ids), CASE(audit_entry_ids), CASE(audit_intent_ids),
    CASE(stored_uris), CASE(trash_ids), CASE(family_ids), CASE(database_ids), CASE(definition_ids),
    CASE(sync_ids), CASE(whole_family), CASE(cancel_requested), CASE(delete_sync), CASE(bring_to_state),
    // the queue
    QUEUE_CASE(any_ready), QUEUE_CASE(lease), QUEUE_CASE(extend), QUEUE_CASE(complete),
    QUEUE_CASE(ended_under_fence), QUEUE_CASE(hand_back), QUEUE_CASE(letter), QUEUE_CASE(remove_letter)};
std::string name_of(const ::testing::TestParamInfo<Case>& each) {
    return each.param.name;
}
INSTANTIATE_TEST_SUITE_P(Sql, FoundByIndex, ::testing::ValuesIn(found_by_index), name_of);

// A text can be anywhere in a name; counting everything visits everything; a list of all is read from its
// top. Even so no list sorts.
using AllowedToScan = QueryPlan;
TEST_P(AllowedToScan, WalksAnIndexOnceAndDoesNotSort) {
    const auto lines = plan(GetParam().sql);
    EXPECT_NE(lines.find("INDEX"), std::string::npos) << lines;
    EXPECT_EQ(lines.find("TEMP B-TREE"), std::string::npos) << lines;
}
const std::vector<Case> allowed_to_scan{CASE(list_databases),    CASE(search_databases),
                                        CASE(count_users),       CASE(count_databases),
                                        CASE(list_collections),  CASE(search_collections),
                                        CASE(count_collections), CASE(count_found_collections),
                                        CASE(set_role),          CASE(set_disabled),
                                        CASE(delete_user),       CASE(list_users),
                                        CASE(search_users),      CASE(list_trash),
                                        CASE(count_trash),       CASE(list_trash_without_accounts),
                                        CASE(list_invites),      CASE(count_invites),
                                        CASE(list_api_keys),     CASE(count_api_keys),
                                        QUEUE_CASE(list_letters)};
INSTANTIATE_TEST_SUITE_P(Sql, AllowedToScan, ::testing::ValuesIn(allowed_to_scan), name_of);

// A collection has 64 indexes at most: they are found by an index, and put in order as they are asked for.
using SortsAHandful = QueryPlan;
TEST_P(SortsAHandful, WithoutAScan) {
    EXPECT_EQ(plan(GetParam().sql).find("SCAN"), std::string::npos);
}
const std::vector<Case> sorts_a_handful{CASE(list_definitions), CASE(search_definitions)};
INSTANTIATE_TEST_SUITE_P(Sql, SortsAHandful, ::testing::ValuesIn(sorts_a_handful), name_of);

// Tables that stay small walk as a whole: databases and users (a text can be anywhere, and there are a few
// thousand), jobs (one an active sync), dead letters; of syncs only those that are active, by the index of
// these. That there were accounts is one row.
using WalksASmallTable = QueryPlan;
TEST_P(WalksASmallTable, AndNoOther) {
    std::istringstream lines(plan(GetParam().sql));
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("SCAN")) continue;
        EXPECT_TRUE(
            std::regex_search(
                line, std::regex("SCAN (databases|users|had_accounts|trash|jobs|dead_letters|CONSTANT)")) ||
            line.find("syncs_one_active") != std::string::npos)
            << line;
    }
}
const std::vector<Case> walks_a_small_table{CASE(had_accounts),          CASE(count_trash_without_accounts),
                                            CASE(count_found_databases), CASE(count_found_users),
                                            CASE(active_syncs),          CASE(count_active_syncs),
                                            CASE(users_of_other_looks),  CASE(databases_of_other_looks),
                                            QUEUE_CASE(figures),         QUEUE_CASE(leases_held),
                                            QUEUE_CASE(count_letters),   QUEUE_CASE(clear_letters)};
INSTANTIATE_TEST_SUITE_P(Sql, WalksASmallTable, ::testing::ValuesIn(walks_a_small_table), name_of);

// One row is put in its place.
using PutsOneRow = QueryPlan;
TEST_P(PutsOneRow, AndWalksNothing) {
    EXPECT_EQ(plan(GetParam().sql).find("SCAN"), std::string::npos);
}
const std::vector<Case> puts_one_row{CASE(insert_user),          CASE(insert_family),
                                     CASE(insert_database),      CASE(insert_definition),
                                     CASE(insert_sync),          CASE(insert_job),
                                     CASE(insert_record),        CASE(put_user),
                                     CASE(put_invite),           CASE(insert_api_key),
                                     CASE(insert_audit_entry),   CASE(insert_audit_intent),
                                     CASE(put_family),           CASE(put_database),
                                     CASE(note_made_collection), CASE(put_made_collection),
                                     CASE(note_look_of_user),    CASE(note_look_of_database),
                                     CASE(insert_trash_entry),   CASE(insert_trashed_database),
                                     CASE(insert_trashed_user),  CASE(insert_trashed_definition),
                                     CASE(insert_trashed_note),  QUEUE_CASE(bury)};
INSTANTIATE_TEST_SUITE_P(Sql, PutsOneRow, ::testing::ValuesIn(puts_one_row), name_of);

std::set<std::string> statements_of_the_sources() {
    std::set<std::string> names;
    const auto source = tests::source_folder() / "src";
    std::vector<std::filesystem::path> files{source / "queue/sqlite/sqlite_queue_sql.hpp"};
    for (const auto& file : std::filesystem::directory_iterator(source / "store/sqlite/sql"))
        files.push_back(file.path());
    for (const auto& file : files) {
        std::stringstream text;
        text << std::ifstream(file).rdbuf();
        const std::string all = text.str();
        const std::regex declared("constexpr sqlite::Sql (\\w+)");
        for (std::sregex_iterator at(all.begin(), all.end(), declared), end; at != end; ++at)
            names.insert((*at)[1]);
    }
    return names;
}

TEST(QueryPlans, EveryStatementIsTriedHere) {
    std::set<std::string> tried;
    for (const auto* cases :
         {&found_by_index, &allowed_to_scan, &sorts_a_handful, &walks_a_small_table, &puts_one_row})
        for (const auto& each : *cases) tried.insert(each.name);
    EXPECT_EQ(tried, statements_of_the_sources());
}

}  // namespace
}  // namespace mim::store
