#include <algorithm>
#include <utility>

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
        return world_.databases.update(id, wanted, test, Role::editor, Credential::access_token);
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
        outcome(update(id, draft("shop", "mongodb://user:***@host/?appName=x"), ConnectionTest::perform)),
        ok);
    EXPECT_EQ(world_.databases.get(id)->uri.reveal(), "mongodb://user:s3cret@host/?appName=x");
    EXPECT_EQ(world_.targets.opened, std::vector<Secret>{Secret("mongodb://user:s3cret@host/?appName=x")});
}

// Else whoever may change a database could read its password at a host of his own.
TEST_F(DatabasesTest, AMaskedUriSendsTheStoredPasswordNowhereElse) {
    const DatabaseId id = create(draft("shop"))->id;
    for (const char* uri :
         {"mongodb://user:***@other/", "mongodb://***@host/", "mongodb://user:***@host/?authMechanism=PLAIN",
          "mongodb://user:***@host/?tls=false"}) {
        EXPECT_TRUE(names_field(update(id, draft("shop", uri), ConnectionTest::perform), "uri")) << uri;
    }
    EXPECT_TRUE(world_.targets.opened.empty());
    EXPECT_EQ(world_.databases.get(id)->uri.reveal(), "mongodb://user:s3cret@host/");
}

// It is a machine's: whoever finds it must not lead the database elsewhere.
TEST_F(DatabasesTest, AnApiKeyMovesNothing) {
    const DatabaseId id = create(draft("shop"))->id;
    const auto by_key = [&](const std::string& uri, const std::string& db_name = "shop") {
        DatabaseDraft wanted = draft("renamed", uri);
        wanted.db_name = db_name;
        return outcome(
            world_.databases.update(id, wanted, ConnectionTest::perform, Role::editor, Credential::api_key));
    };
    for (const char* uri :
         {"mongodb://user:s3cret@other/", "mongodb://host,other/", "mongodb://user:***@other/",
          "mongodb://user:a@other/b@host/", "mongodb://user:a@other@host/", "mongodb://host/?tls=true",
          "mongodb://host/?proxyHost=other", "mongodb+srv://host/"}) {
        EXPECT_EQ(by_key(uri), "forbidden") << uri;
    }
    EXPECT_EQ(by_key("mongodb://user:***@host/", "elsewhere"), "forbidden");
    EXPECT_TRUE(world_.targets.opened.empty());
    EXPECT_EQ(world_.databases.get(id)->name, "shop");
    for (const char* uri : {"mongodb://user:***@host/", "mongodb://user:***@host/?appName=x",
                            "mongodb://host/", "mongodb://other:secret@host/?w=1"}) {
        EXPECT_EQ(by_key(uri), ok) << uri;
    }
}

TEST_F(DatabasesTest, WhatMongoDbKeepsForItselfIsNoTarget) {
    const DatabaseId id = create(draft("shop"))->id;
    for (const char* name : {"admin", "config", "local"}) {
        DatabaseDraft wanted = draft("other");
        wanted.db_name = name;
        EXPECT_TRUE(names_field(create(wanted), "db_name")) << name;
        EXPECT_TRUE(names_field(update(id, wanted), "db_name")) << name;
    }
    EXPECT_EQ(world_.databases.get(id)->db_name, "shop");
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
    EXPECT_EQ(outcome(update(id, draft("shop", "mongodb://user:again@other/"))), "sync_active");
    DatabaseDraft renamed = draft("shop", "mongodb://user:***@host/");
    renamed.db_name = "elsewhere";
    EXPECT_EQ(outcome(update(id, renamed)), "sync_active");
    EXPECT_EQ(outcome(update(id, draft("store", "mongodb://user:another@host/"))), ok)
        << "another name, and another password for the same place";
    ASSERT_TRUE(world_.syncs.cancel(sync));
    EXPECT_EQ(outcome(update(id, draft("store", "mongodb://user:again@other/"))), ok);
}

// In doubt the mask hides more than the password, hosts too.
TEST_F(DatabasesTest, LeadsToNoOtherHostWhileASyncIsActiveHoweverItIsWritten) {
    const DatabaseId id = create(draft("shop", "mongodb://one/?appName@x"))->id;
    world_.define(id, "orders", spec_of(R"({"a":1})"));
    world_.submit(id);
    EXPECT_EQ(outcome(update(id, draft("shop", "mongodb://two/?appName@x"))), "sync_active");
}

TEST_F(DatabasesTest, AnUpdateThatCannotConnectChangesNothing) {
    const DatabaseId id = create(draft("shop"))->id;
    world_.server.faults.fail_all("probe", unreachable);
    EXPECT_EQ(outcome(update(id, draft("renamed", "mongodb://dead/"), ConnectionTest::perform)),
              "target_unreachable");
    EXPECT_EQ(world_.databases.get(id)->name, "shop");
    EXPECT_EQ(outcome(update(id, draft("renamed", "mongodb://dead/"))), ok);
}

TEST_F(DatabasesTest, OfTwoRemovalsAtOnceOneIsTold) {
    const DatabaseId id = create(draft("shop"))->id;
    const auto remove = [&] { return world_.databases.remove(id, {}, Role::editor, UserId::generate()); };
    world_.store.faults().on_call = [&, done = false](const std::string& call) mutable {
        if (call != "databases.discard" || std::exchange(done, true)) return;
        EXPECT_TRUE(remove().value());
    };
    EXPECT_FALSE(remove().value());
}

TEST_F(DatabasesTest, AreRemovedUnlessASyncIsActive) {
    const Confirmation named_shop{.given = "shop"};
    const DatabaseId id = create(draft("shop"))->id;
    world_.define(id, "orders", spec_of(R"({"a":1})"));
    const SyncId sync = world_.submit(id);
    EXPECT_EQ(outcome(world_.databases.remove(id, named_shop, Role::editor, UserId::generate())),
              "sync_active");
    ASSERT_EQ(outcome(world_.syncs.cancel(sync)), ok);
    EXPECT_EQ(outcome(world_.databases.remove(id, named_shop, Role::editor, UserId::generate())), ok);
    EXPECT_EQ(outcome(world_.databases.get(id)), "not_found");
    EXPECT_EQ(outcome(world_.databases.remove(id, named_shop, Role::editor, UserId::generate())), ok);
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

TEST_F(DatabasesTest, TheServerThatIsSeenIsNotedOncePerChange) {
    const DatabaseId id = create(draft("shop"))->id;
    const auto seen = [&] { return world_.databases.get(id)->seen_server; };
    const auto writes = [this] {
        const auto calls = world_.store.faults().calls();
        return std::count(calls.begin(), calls.end(), "databases.set_seen_server");
    };
    EXPECT_FALSE(seen());
    ASSERT_EQ(outcome(world_.databases.test(id)), ok);
    EXPECT_EQ(seen()->release, (index::ServerRelease{{7, 0}, index::ServerVersion{7, 0}}));
    EXPECT_EQ(seen()->since, world_.clock.now());
    world_.clock.advance(std::chrono::seconds{3});
    ASSERT_EQ(outcome(world_.databases.test(id)), ok);
    ASSERT_EQ(outcome(world_.imports.from_database(id, OnConflict::skip, Role::editor)), ok);
    ASSERT_EQ(outcome(world_.comparisons.compare({.database = id, .collections = {}})), ok);
    EXPECT_EQ(writes(), 1);
    world_.server.version = {8, 0};
    ASSERT_EQ(outcome(world_.comparisons.compare({.database = id, .collections = {}})), ok);
    EXPECT_EQ(writes(), 2);
    EXPECT_EQ(seen()->release.binary, (index::ServerVersion{8, 0}));
    EXPECT_EQ(seen()->rules_before, (index::ServerVersion{7, 0}));
}

TEST_F(DatabasesTest, WhoIsTestedOrImportedAtOnceIsKnownFromTheBeginning) {
    const auto release_of = [this](const DatabaseId& id) {
        const auto seen = world_.databases.get(id)->seen_server;
        return seen ? seen->release.text() : "none";
    };
    EXPECT_EQ(release_of(create(draft("a"))->id), "none");
    EXPECT_EQ(release_of(create(draft("b"), ConnectionTest::perform)->id), "MongoDB 7.0");
    EXPECT_EQ(release_of(create(draft("c"), ConnectionTest::skip, InitialImport::perform)->id),
              "MongoDB 7.0");
}

TEST_F(DatabasesTest, ADatabaseThatIsLedElsewhereForgetsTheServer) {
    const DatabaseId id = create(draft("shop"), ConnectionTest::perform)->id;
    ASSERT_EQ(outcome(update(id, draft("shop", "mongodb://user:another@host/"))), ok);
    EXPECT_TRUE(world_.databases.get(id)->seen_server) << "another password leads to the same place";
    ASSERT_EQ(outcome(update(id, draft("shop", "mongodb://user:s3cret@elsewhere/"))), ok);
    EXPECT_FALSE(world_.databases.get(id)->seen_server);
}

TEST_F(DatabasesTest, AStoreThatDoesNotTakeTheServerStopsNobody) {
    const DatabaseId id = create(draft("shop"))->id;
    world_.store.faults().fail_call(1, {{ErrorCode::store_failed, "full"}}, "databases.set_seen_server");
    EXPECT_EQ(outcome(world_.databases.test(id)), ok);
    EXPECT_FALSE(world_.databases.get(id)->seen_server);
    EXPECT_EQ(outcome(world_.databases.test(id)), ok);
    EXPECT_TRUE(world_.databases.get(id)->seen_server);
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

const std::string aws = "mongodb://id:k3y@h/?authMechanismProperties=AWS_SESSION_TOKEN:t0k&appName=x";
const std::string tls = "mongodb://u:p@h/db?tlsCertificateKeyFilePassword=q&proxyPassword=r";
const std::string masked_tls = "mongodb://u:***@h/db?tlsCertificateKeyFilePassword=***&proxyPassword=***";
INSTANTIATE_TEST_SUITE_P(
    All, MaskedInput,
    ::testing::Values(
        Masked{"TheSame", "mongodb://u:p@h/db", "mongodb://u:***@h/db", "mongodb://u:p@h/db"},
        Masked{"HarmlessOptions", "mongodb://u:p@h/db?w=1&tls=true",
               "mongodb://u:***@h/db?APPNAME=me&tls=true&readPreferenceTags=dc:ny,rack:1",
               "mongodb://u:p@h/db?APPNAME=me&tls=true&readPreferenceTags=dc:ny,rack:1"},
        Masked{"BothSecrets", aws, "mongodb://id:***@h/?w=2&authMechanismProperties=***",
               "mongodb://id:k3y@h/?w=2&authMechanismProperties=AWS_SESSION_TOKEN:t0k"},
        Masked{"EverySecret", tls, masked_tls + "&w=1", tls + "&w=1"},
        Masked{"TheOptionOnly", aws, "mongodb://id:new@h/?authMechanismProperties=***", ""},
        Masked{"AnotherUser", "mongodb://u:p@h/", "mongodb://v:***@h/", ""},
        Masked{"AMaskedUser", "mongodb://u:p@h/", "mongodb://***@h/", ""},
        Masked{"ThePasswordAsUser", "mongodb://u:p@h/", "mongodb://***:***@h/", ""},
        Masked{"AnotherHost", "mongodb://u:p@h/", "mongodb://u:***@c/", ""},
        Masked{"AnotherPort", "mongodb://u:p@h/", "mongodb://u:***@h:1/", ""},
        Masked{"OneMoreHost", "mongodb://u:p@h/", "mongodb://u:***@h,c/", ""},
        Masked{"AHostInThePassword", "mongodb://u:p@h/", "mongodb://u:***@c/x@h/", ""},
        Masked{"AnotherScheme", "mongodb://u:p@h/", "mongodb+srv://u:***@h/", ""},
        Masked{"AnotherPath", "mongodb://u:p@h/", "mongodb://u:***@h/db", ""},
        Masked{"AnotherMechanism", "mongodb://u:p@h/", "mongodb://u:***@h/?authMechanism=PLAIN", ""},
        Masked{"AnotherAuthSource", "mongodb://u:p@h/?authSource=a", "mongodb://u:***@h/?authSource=b", ""},
        Masked{"NoTls", "mongodb://u:p@h/?tls=true", "mongodb://u:***@h/", ""},
        Masked{"AnyCertificate", "mongodb://u:p@h/?tls=true", "mongodb://u:***@h/?tls=true&tlsInsecure=true",
               ""},
        Masked{"AProxy", "mongodb://u:p@h/", "mongodb://u:***@h/?proxyHost=c", ""},
        Masked{"AnotherProxy", "mongodb://u:p@h/?proxyHost=a&proxyPassword=r",
               "mongodb://u:***@h/?proxyHost=b&proxyPassword=***", ""},
        Masked{"AnotherReplicaSet", "mongodb://u:p@h/?replicaSet=a", "mongodb://u:***@h/?replicaSet=b", ""},
        Masked{"AnOptionOfNoName", "mongodb://u:p@h/", "mongodb://u:***@h/?x=1", ""},
        Masked{"TheMaskAsAppName", "mongodb://u:p@h/", "mongodb://u:***@h/?appName=***", ""},
        Masked{"TheMaskInAnAppName", aws, "mongodb://id:***@h/?appName=***&authMechanismProperties=x", ""},
        Masked{"AnAuthorityInAnAppName", "mongodb://u:p@h/", "mongodb://u:***@h/?appName=x@c/", ""},
        Masked{"SecretsInAnotherOrder", tls,
               "mongodb://u:***@h/db?proxyPassword=***&tlsCertificateKeyFilePassword=***", ""},
        Masked{"NoPasswordStored", "mongodb://h/", "mongodb://u:***@h/", ""},
        Masked{"NoSuchOptionStored", "mongodb://u:p@h/", "mongodb://u:p@h/?authMechanismProperties=***", ""}),
    [](const auto& one) { return one.param.name; });

TEST_F(DatabasesTest, AChangeLeavesWhatItDoesNotGive) {
    const DatabaseId id = create(draft("shop"))->id;
    DatabaseChange wanted;
    wanted.description = "of the shop";
    const auto changed =
        world_.databases.update(id, wanted, ConnectionTest::perform, Role::editor, Credential::api_key);
    ASSERT_EQ(outcome(changed), ok);
    EXPECT_EQ(changed->after.name, "shop");
    EXPECT_EQ(changed->after.uri.reveal(), "mongodb://user:s3cret@host/");
    EXPECT_EQ(changed->after.db_name, "shop");
    EXPECT_EQ(world_.databases.get(id)->description, "of the shop");
}

TEST_F(DatabasesTest, TwoChangesAtOnceBothTakeEffect) {
    const DatabaseId id = create(draft("shop"))->id;
    DatabaseChange first, second;
    first.description = "of the shop";
    second.name = "store";
    world_.store.faults().on_call = [&, done = false](const std::string& call) mutable {
        if (call != "databases.update" || std::exchange(done, true)) return;
        EXPECT_EQ(outcome(world_.databases.update(id, first, ConnectionTest::skip, Role::editor,
                                                  Credential::access_token)),
                  ok);
    };
    ASSERT_EQ(outcome(world_.databases.update(id, second, ConnectionTest::skip, Role::editor,
                                              Credential::access_token)),
              ok);
    EXPECT_EQ(world_.databases.get(id)->description, "of the shop");
    EXPECT_EQ(world_.databases.get(id)->name, "store");
}

}  // namespace
}  // namespace mim::app
