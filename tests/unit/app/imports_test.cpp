#include <gtest/gtest.h>

#include "app/definition_identity.hpp"
#include "bson/builder.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

class ImportsTest : public ::testing::Test {
  protected:
    ImportReport import(OnConflict on_conflict = OnConflict::skip) {
        const auto report = world_.imports.from_database(shop_, on_conflict, Role::editor);
        EXPECT_EQ(outcome(report), ok);
        return report.value();
    }
    // "orders.a_1: why; …"
    static std::string skipped(const ImportReport& report) {
        std::string text;
        for (const auto& one : report.skipped)
            text += one.collection + "." + one.name + ": " + one.reason + "; ";
        return text;
    }
    std::int64_t ttl_of(const DefinitionId& id) {
        const auto read = world_.definitions.get(id);
        return read->spec.options.find("expireAfterSeconds")->integer().value_or(-1);
    }
    bool in_sync() {
        const auto compared = world_.comparisons.compare({.database = shop_, .collections = std::nullopt});
        for (const auto& one : compared->collections) {
            if (!one.in_sync()) return false;
        }
        return true;
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(ImportsTest, ASimpleCollationAndTheCollectionsOwnAreTwoIndexes) {
    world_.seed("orders", spec_of(R"({"other":1})"));
    world_.server.collection("shop", "orders").traits.options =
        bson::parse_json(R"({"collation":{"locale":"de","strength":2}})").value();
    world_.seed("orders", spec_of(R"({"a":1})", "{}", "inherits"));
    world_.seed("orders", spec_of(R"({"a":1})", R"({"collation":{"locale":"simple"}})", "simple"));
    const ImportReport report = import();
    EXPECT_EQ(skipped(report), "");
    EXPECT_EQ(world_.registry(shop_, "orders"), "inherits other_1 simple");
    EXPECT_TRUE(in_sync());
}

TEST_F(ImportsTest, KeepsEverythingOfEveryIndex) {
    world_.seed("orders", spec_of(R"({"b":1,"a":-1})", R"({"unique":true,"sparse":true})"));
    world_.seed("orders",
                spec_of(R"({"t":"text","c":1})", R"({"weights":{"t":5},"default_language":"german"})"));
    world_.seed("places", spec_of(R"({"loc":"2dsphere"})"));
    world_.seed("people", spec_of(R"({"n":1})", R"({"collation":{"locale":"de"},"expireAfterSeconds":7})"));
    const ImportReport report = import();
    EXPECT_EQ(report.imported_count, 4);
    EXPECT_EQ(report.skipped_count, 0);
    EXPECT_TRUE(in_sync());
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{});
}

TEST_F(ImportsTest, SkipsWhatExistsByNameOrIdentity) {
    const DefinitionId by_name = world_.define(shop_, "orders", spec_of(R"({"x":1})", "{}", "a_1"));
    world_.define(shop_, "orders", spec_of(R"({"b":1})", "{}", "mine"));
    world_.define(shop_, "orders", spec_of(R"({"same":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"b":1})"));
    world_.seed("orders", spec_of(R"({"same":1})"));
    world_.seed("orders", spec_of(R"({"new":1})"));
    const ImportReport report = import();
    EXPECT_EQ(report.imported_count, 1);
    EXPECT_EQ(report.skipped_count, 3);
    const std::string why = skipped(report);
    EXPECT_NE(why.find("orders.a_1: the registry has a definition with this name"), std::string::npos) << why;
    EXPECT_NE(why.find("orders.b_1: the registry has the same index as mine"), std::string::npos) << why;
    EXPECT_NE(why.find("orders.same_1: the registry has this very index"), std::string::npos) << why;
    EXPECT_EQ(world_.registry(shop_, "orders"), "a_1 mine new_1 same_1");
    EXPECT_TRUE(world_.definitions.get(by_name)->spec.key.contains("x"));
}

TEST_F(ImportsTest, ReplacesWhenItIsToldTo) {
    const DefinitionId by_name = world_.define(shop_, "orders", spec_of(R"({"x":1})", "{}", "a_1"));
    const DefinitionId by_identity =
        world_.define(shop_, "orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":9})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":60})", "renamed"));
    world_.clock.advance(std::chrono::seconds{9});
    const ImportReport report = import(OnConflict::replace);
    EXPECT_EQ(report.imported_count, 2);
    EXPECT_EQ(skipped(report), "");
    EXPECT_EQ(world_.registry(shop_, "orders"), "a_1 renamed");
    EXPECT_TRUE(world_.definitions.get(by_name)->spec.key.contains("a"));
    EXPECT_EQ(ttl_of(by_identity), 60);  // under its old id
    EXPECT_LT(world_.definitions.get(by_identity)->created_at, world_.clock.now());
    EXPECT_TRUE(in_sync());
    EXPECT_EQ(import(OnConflict::replace).imported_count, 0);  // there is nothing left to replace
}

TEST_F(ImportsTest, OneLiveIndexMayReplaceTwoDefinitions) {
    world_.define(shop_, "orders", spec_of(R"({"x":1})", "{}", "a_1"));
    world_.define(shop_, "orders", spec_of(R"({"a":1})", "{}", "mine"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(import(OnConflict::replace).imported_count, 1);
    EXPECT_EQ(world_.registry(shop_, "orders"), "a_1");
}

// Servers that speak MongoDB's protocol may hold one index under two names.
TEST_F(ImportsTest, ADefinitionThatIsRightIsNotGivenUpForAnother) {
    world_.define(shop_, "orders", spec_of(R"({"k":1})", R"({"unique":true})", "right"));
    world_.seed("orders", spec_of(R"({"k":1})", R"({"unique":true})", "right"));
    auto& indexes = world_.server.collection("shop", "orders").indexes;
    indexes.push_back(indexes.back());
    indexes.back().spec.name = "early";
    const ImportReport report = import(OnConflict::replace);
    EXPECT_EQ(report.imported_count, 0);
    EXPECT_NE(skipped(report).find("orders.early: the registry has the same index as right"),
              std::string::npos);
    EXPECT_EQ(world_.registry(shop_, "orders"), "right");
    EXPECT_EQ(world_.run(shop_), "completed") << "what an import leaves out is no plain sync's to drop";
    EXPECT_EQ(world_.live("orders"), "early right");
}

TEST_F(ImportsTest, SeveralUniqueIndexesOnOneKeyAreTaken) {
    world_.server.version = {5, 0};
    const std::string partial = R"({"unique":true,"partialFilterExpression":{"b":1}})";
    world_.seed("orders", spec_of(R"({"k":1})", R"({"unique":true})", "plain"));
    world_.seed("orders", spec_of(R"({"k":1})", R"({"unique":true,"sparse":true})", "sparse"));
    world_.seed("orders", spec_of(R"({"k":1})", partial, "partial"));
    world_.seed("orders", spec_of(R"({"k":1})", R"({"unique":true,"collation":{"locale":"de"}})", "german"));
    EXPECT_EQ(skipped(import()), "");
    EXPECT_EQ(world_.registry(shop_, "orders"), "german partial plain sparse");
    EXPECT_TRUE(in_sync());
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{});
}

TEST_F(ImportsTest, LegacyFormsBecomeCreatable) {
    const auto legacy = [this](const std::string& name, const std::string& key, const std::string& options) {
        world_.seed("orders", spec_of(R"({"x":1})", "{}", name + "_seed"));
        auto& live = world_.server.collection("shop", "orders").indexes.back();
        live.spec = index::Spec{name, bson::parse_json(key).value(), bson::parse_json(options).value()};
    };
    legacy("truth", R"({"a":true,"b":-1})", R"({"v":1,"safe":true})");
    legacy("nothing", R"({"c":null})", R"({"v":2,"background":true,"dropDups":true,"ns":"shop.orders"})");
    legacy("empty", R"({"d":""})", R"({"v":4,"sparse":1})");
    EXPECT_EQ(skipped(import()), "");
    EXPECT_EQ(world_.registry(shop_, "orders"), "empty nothing truth");
    const auto stored = world_.definitions.list(shop_, "orders", {});
    for (const Definition& one : stored->items)
        EXPECT_FALSE(index::check(one.spec, registry_rules())) << one.spec.name;
    EXPECT_TRUE(in_sync());
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{});
}

TEST_F(ImportsTest, NothingOfQueryableEncryptionIsTaken) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"__safeContent__":1})"));
    world_.server.collection("shop", "orders").traits.options =
        bson::parse_json(R"({"encryptedFields":{"fields":[{"path":"ssn"}]}})").value();
    const ImportReport report = import();
    EXPECT_EQ(skipped(report), "orders.__safeContent___1: MongoDB made this index and keeps it by itself; ");
    EXPECT_EQ(world_.registry(shop_, "orders"), "a_1");
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{});
}

// An option that MongoDB has and the rules here do not know.
TEST_F(ImportsTest, WhatCouldNotBeBuiltAgainIsLeftOutAndStays) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"b":1})"));
    auto& live = world_.server.collection("shop", "orders").indexes.back();
    live.spec.options = bson::Builder().add_all(live.spec.options).add("futureOption", 5).take();
    const ImportReport report = import();
    EXPECT_EQ(report.imported_count, 1);
    EXPECT_NE(skipped(report).find("orders.b_1: MongoDB 7.0 would not build it anew"), std::string::npos)
        << skipped(report);
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.live("orders"), "a_1 b_1");
    SyncOptions consent;
    consent.extra = index::ExtraChoice::drop_all;
    EXPECT_EQ(world_.run(shop_, consent), "completed");
    EXPECT_EQ(world_.live("orders"), "a_1");
}

TEST_F(ImportsTest, AnIndexThatIsStillBuiltIsLeftOut) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.server.collection("shop", "orders").indexes[1].state = index::LiveIndex::State::building;
    const ImportReport report = import();
    EXPECT_EQ(report.imported_count, 0);
    EXPECT_NE(skipped(report).find("still being built"), std::string::npos);
}

TEST_F(ImportsTest, AnIndexThatCannotBeReadIsLeftOutWithItsReasonAndLeftAlone) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.server.collection("shop", "orders").unreadable_indexes = {{"bad\\xff", "its name is not UTF-8"}};
    const ImportReport report = import();
    EXPECT_EQ(report.imported_count, 1);
    EXPECT_EQ(report.skipped_count, 1);
    EXPECT_EQ(skipped(report), "orders.bad\\xff: this index cannot be read: its name is not UTF-8; ");
    EXPECT_FALSE(in_sync());
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{});
}

TEST_F(ImportsTest, IsAllOrNothing) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("people", spec_of(R"({"a":1})"));
    world_.server.collection("shop", "people").unreadable =
        Error{ErrorCode::target_not_authorised, "needs listIndexes"};
    const auto refused = world_.imports.from_database(shop_, OnConflict::skip, Role::editor);
    EXPECT_EQ(outcome(refused), "target_not_authorised");
    EXPECT_NE(refused.error().message.find("people"), std::string::npos);
    EXPECT_EQ(world_.registry(shop_, "orders"), "");
    EXPECT_EQ(outcome(world_.imports.from_database(DatabaseId::generate(), OnConflict::skip, Role::editor)),
              "not_found");
}

}  // namespace
}  // namespace mim::app
