#include <gtest/gtest.h>

#include "app/masked_input.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

const Error unreachable{ErrorCode::target_unreachable, "No server answered"};

DatabaseDraft draft(const std::string& name, const std::string& uri = "mongodb://user:s3cret@host/") {
    return {name, "", Secret(uri), "shop"};
}

class DatabasesTest : public ::testing::Test {
  protected:
    Result<CreatedDatabase> create(const DatabaseDraft& wanted, ConnectionTest test = ConnectionTest::skip,
                                   InitialImport import = InitialImport::skip) {
        return world_.databases.create(wanted, test, import, Role::editor);
    }
    Result<Change<Database>> update(const DatabaseId& id, const DatabaseDraft& wanted,
                                    ConnectionTest test = ConnectionTest::skip) {
        return world_.databases.update(id, wanted, test, Role::editor);
    }
    std::int64_t stored() { return world_.databases.list({})->total; }
    World world_;
};

TEST_F(DatabasesTest, AreStoredWithoutATestUnlessAskedFor) {
    world_.server.faults.fail_all("probe", unreachable);
    const auto created = create(draft("shop"));
    ASSERT_EQ(outcome(created), ok);
    EXPECT_FALSE(created->import);
    EXPECT_EQ(world_.databases.get(created->id)->uri.reveal(), "mongodb://user:s3cret@host/");
    EXPECT_EQ(outcome(create(draft("other"), ConnectionTest::perform)), "target_unreachable");
    EXPECT_EQ(stored(), 1);
    EXPECT_EQ(world_.targets.forgotten.size(), 1U);  // its pool is not kept
}

TEST_F(DatabasesTest, EveryBadFieldIsNamed) {
    const auto refused = create({"", std::string(3000, 'x'), Secret("http://host"), "a/b"});
    for (const char* field : {"name", "description", "uri", "db_name"}) {
        EXPECT_TRUE(names_field(refused, field)) << field;
    }
    EXPECT_TRUE(names_field(create(draft("shop", "")), "uri"));
    EXPECT_TRUE(names_field(create(draft("shop", "mongodb://user:***@host/")), "uri"));
    EXPECT_TRUE(names_field(create(draft(std::string(201, 'x'))), "name"));
    EXPECT_EQ(stored(), 0);
}

TEST_F(DatabasesTest, ATakenNameIsAConflict) {
    ASSERT_EQ(outcome(create(draft("shop"))), ok);
    EXPECT_EQ(outcome(create(draft("shop"))), "already_exists");
}

TEST_F(DatabasesTest, MayImportTheLiveIndexesAtOnce) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("people", spec_of(R"({"b":-1})"));
    const auto created = create(draft("shop"), ConnectionTest::perform, InitialImport::perform);
    ASSERT_EQ(outcome(created), ok);
    ASSERT_TRUE(created->import);
    EXPECT_EQ(created->import->imported_count, 2);
    EXPECT_EQ(world_.registry(created->id, "orders"), "a_1");
}

TEST_F(DatabasesTest, AFailedImportStoresNothing) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_call(1, {unreachable}, "read");
    EXPECT_EQ(outcome(create(draft("shop"), ConnectionTest::skip, InitialImport::perform)),
              "target_unreachable");
    world_.store.faults().fail_call(1, {{ErrorCode::store_failed, "away"}}, "definitions.change");
    EXPECT_EQ(outcome(create(draft("shop"), ConnectionTest::skip, InitialImport::perform)), "store_failed");
    EXPECT_EQ(stored(), 0);
}

TEST_F(DatabasesTest, AnUpdateReplacesEverything) {
    const DatabaseId id = create(draft("shop"))->id;
    world_.clock.advance(std::chrono::seconds{5});
    ASSERT_EQ(outcome(update(id, {"store", "new words", Secret("mongodb://elsewhere/"), "store"})), ok);
    const auto read = world_.databases.get(id);
    EXPECT_EQ(read->name, "store");
    EXPECT_EQ(read->description, "new words");
    EXPECT_EQ(read->db_name, "store");
    EXPECT_EQ(read->uri.reveal(), "mongodb://elsewhere/");
    EXPECT_EQ(read->updated_at - read->created_at, std::chrono::seconds{5});
    EXPECT_EQ(world_.targets.forgotten, std::vector<DatabaseId>{id});
    EXPECT_EQ(outcome(update(DatabaseId::generate(), draft("x"))), "not_found");
}

TEST_F(DatabasesTest, AMaskedUriKeepsTheStoredPassword) {
    const DatabaseId id = create(draft("shop"))->id;
    ASSERT_EQ(outcome(update(id, draft("shop", "mongodb://user:***@host/"), ConnectionTest::perform)), ok);
    EXPECT_EQ(world_.databases.get(id)->uri.reveal(), "mongodb://user:s3cret@host/");
    EXPECT_TRUE(world_.targets.opened.empty());  // the URI did not change, so it is not tested
    ASSERT_EQ(
        outcome(update(id, draft("shop", "mongodb://user:***@other:27018/?x=1"), ConnectionTest::perform)),
        ok);
    EXPECT_EQ(world_.databases.get(id)->uri.reveal(), "mongodb://user:s3cret@other:27018/?x=1");
    EXPECT_EQ(world_.targets.opened, std::vector<Secret>{Secret("mongodb://user:s3cret@other:27018/?x=1")});
}

TEST_F(DatabasesTest, AMaskWithNothingBehindItIsRefused) {
    const DatabaseId id = create(draft("shop", "mongodb://host/"))->id;
    EXPECT_TRUE(names_field(update(id, draft("shop", "mongodb://user:***@host/")), "uri"));
    EXPECT_EQ(world_.databases.get(id)->uri.reveal(), "mongodb://host/");
}

// The plan of the sync was made for the old place.
TEST_F(DatabasesTest, LeadsNowhereElseWhileASyncIsActive) {
    const DatabaseId id = create(draft("shop"))->id;
    world_.define(id, "orders", spec_of(R"({"a":1})"));
    const SyncId sync = world_.submit(id);
    EXPECT_EQ(outcome(update(id, draft("shop", "mongodb://user:***@other/"))), "sync_active");
    DatabaseDraft renamed = draft("shop", "mongodb://user:***@host/");
    renamed.db_name = "elsewhere";
    EXPECT_EQ(outcome(update(id, renamed)), "sync_active");
    EXPECT_EQ(outcome(update(id, draft("store", "mongodb://user:another@host/"))), ok)
        << "another name, and another password for the same place";
    ASSERT_TRUE(world_.syncs.cancel(sync));
    EXPECT_EQ(outcome(update(id, draft("store", "mongodb://user:***@other/"))), ok);
}

TEST_F(DatabasesTest, AnUpdateThatCannotConnectChangesNothing) {
    const DatabaseId id = create(draft("shop"))->id;
    world_.server.faults.fail_all("probe", unreachable);
    EXPECT_EQ(outcome(update(id, draft("renamed", "mongodb://dead/"), ConnectionTest::perform)),
              "target_unreachable");
    EXPECT_EQ(world_.databases.get(id)->name, "shop");
    EXPECT_EQ(outcome(update(id, draft("renamed", "mongodb://dead/"))), ok);
}

TEST_F(DatabasesTest, AreRemovedUnlessASyncIsActive) {
    const DatabaseId id = create(draft("shop"))->id;
    world_.define(id, "orders", spec_of(R"({"a":1})"));
    const SyncId sync = world_.submit(id);
    EXPECT_EQ(outcome(world_.databases.remove(id, Role::editor)), "sync_active");
    ASSERT_EQ(outcome(world_.syncs.cancel(sync)), ok);
    EXPECT_EQ(outcome(world_.databases.remove(id, Role::editor)), ok);
    EXPECT_EQ(outcome(world_.databases.get(id)), "not_found");
    EXPECT_EQ(outcome(world_.databases.remove(id, Role::editor)), ok);
}

TEST_F(DatabasesTest, AConnectionTestTellsOfTheServer) {
    const DatabaseId id = create(draft("shop"))->id;
    const auto server = world_.databases.test(id);
    ASSERT_EQ(outcome(server), ok);
    EXPECT_EQ(server->topology, "standalone");
    world_.server.faults.fail_all("probe", unreachable);
    EXPECT_EQ(outcome(world_.databases.test(id)), "target_unreachable");
    EXPECT_EQ(outcome(world_.databases.test(DatabaseId::generate())), "not_found");
}

TEST_F(DatabasesTest, ListsArePagedWithinLimits) {
    for (int i = 0; i < 3; ++i) ASSERT_EQ(outcome(create(draft("shop" + std::to_string(i)))), ok);
    const auto page = world_.databases.list({.query = "SHOP", .page = 0, .limit = 0});
    EXPECT_EQ(page->items.size(), 3U);
    EXPECT_EQ(page->page, 1);
    EXPECT_EQ(page->limit, default_page_limit);
    EXPECT_EQ(world_.databases.list({.query = "", .page = 1, .limit = 9999})->limit, max_page_limit);
    EXPECT_EQ(outcome(world_.databases.list({.query = std::string(500, 'x'), .page = 1, .limit = 1})), ok);
    EXPECT_TRUE(
        names_field(world_.databases.list({.query = std::string(501, 'x'), .page = 1, .limit = 1}), "query"));
}

struct Masked {
    const char* name;
    std::string stored, given, restored;  // empty = refused
};
class MaskedInput : public ::testing::TestWithParam<Masked> {};

TEST_P(MaskedInput, GetsItsSecretsBack) {
    const auto restored = with_stored_secrets(Secret(GetParam().given), Secret(GetParam().stored));
    EXPECT_EQ(restored ? restored->reveal() : "", GetParam().restored);
}

const std::string aws = "mongodb://id:k3y@h/?authMechanismProperties=AWS_SESSION_TOKEN:t0k&x=1";
INSTANTIATE_TEST_SUITE_P(
    All, MaskedInput,
    ::testing::Values(Masked{"TheSame", "mongodb://u:p@h/db", "mongodb://u:***@h/db", "mongodb://u:p@h/db"},
                      Masked{"AnotherUser", "mongodb://u:p@h/", "mongodb://v:***@h/", "mongodb://v:p@h/"},
                      Masked{"AnotherHost", "mongodb://u:p%40x@h/", "mongodb+srv://u:***@c.example/?tls=true",
                             "mongodb+srv://u:p%40x@c.example/?tls=true"},
                      Masked{"BothSecrets", aws, "mongodb://id:***@h2/?authMechanismProperties=***&x=2",
                             "mongodb://id:k3y@h2/?authMechanismProperties=AWS_SESSION_TOKEN:t0k&x=2"},
                      Masked{"TheOptionOnly", aws, "mongodb://id:new@h/?authMechanismProperties=***",
                             "mongodb://id:new@h/?authMechanismProperties=AWS_SESSION_TOKEN:t0k"},
                      Masked{"NoPasswordStored", "mongodb://h/", "mongodb://u:***@h/", ""},
                      Masked{"NoSuchOptionStored", "mongodb://u:p@h/",
                             "mongodb://u:p@h/?authMechanismProperties=***", ""}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace mim::app
