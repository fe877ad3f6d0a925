// Duplicates are looked for before a unique index is built: in the plan, and again by the sync.
#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "sync_truth.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

using Calls = std::vector<std::string>;
using Verdict = index::DuplicateReport::Verdict;

class DuplicatesTest : public ::testing::Test {
  protected:
    void define_unique(const std::string& key, const std::string& name = "") {
        world_.define(shop_, "orders", spec_of(key, R"({"unique":true})", name));
    }
    void duplicate(const std::string& name) { world_.server.duplicates["orders " + name] = found(); }
    static index::DuplicateReport found() {
        index::DuplicateReport report{.verdict = Verdict::found};
        report.groups.push_back({bson::Builder().add("mail", "secret@example.org").take(), 2});
        return report;
    }
    Result<CheckedPlan> plan() {
        return world_.comparisons.checked_plan({.database = shop_, .collections = std::nullopt}, {});
    }
    SyncId run() {
        const SyncId id = world_.submit(shop_);
        EXPECT_EQ(world_.work(), RunOutcome::finished);
        return id;
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(DuplicatesTest, ThePlanTellsOfThemForUniqueBuildsOnly) {
    define_unique(R"({"mail":1})");
    world_.define(shop_, "orders", spec_of(R"({"plain":1})"));
    duplicate("mail_1");
    const auto checked = plan();
    ASSERT_TRUE(checked);
    ASSERT_EQ(checked->duplicates.size(), 2U);
    ASSERT_TRUE(checked->duplicates[0]);
    EXPECT_EQ(checked->duplicates[0]->verdict, Verdict::found);
    EXPECT_EQ(checked->duplicates[0]->groups, found().groups);
    EXPECT_FALSE(checked->duplicates[1]);
}

TEST_F(DuplicatesTest, ThePlanSaysWhyItCouldNotFindOut) {
    define_unique(R"({"mail":1})");
    for (const ErrorCode code : {ErrorCode::target_timeout, ErrorCode::target_not_authorised,
                                 ErrorCode::target_refused, ErrorCode::target_unreachable}) {
        world_.server.faults.fail_call(1, {{code, "the server's reason"}}, "duplicates");
        const auto checked = plan();
        ASSERT_TRUE(checked);
        EXPECT_EQ(checked->duplicates[0]->verdict, Verdict::not_checked);
        EXPECT_EQ(checked->duplicates[0]->reason, "the server's reason");
    }
    EXPECT_EQ(plan()->duplicates[0]->verdict, Verdict::none);
}

TEST_F(DuplicatesTest, KeysThatOnlyMongoDbKnowsAreNotAskedFor) {
    define_unique(R"({"at":"2dsphere","mail":1})");
    define_unique(R"({"user.$id":1})");
    world_.server.faults.forget_calls();
    const auto checked = plan();
    ASSERT_TRUE(checked);
    for (const auto& report : checked->duplicates) {
        EXPECT_EQ(report->verdict, Verdict::not_checked);
        EXPECT_FALSE(report->reason.empty());
    }
    for (const std::string& call : world_.server.faults.calls()) EXPECT_FALSE(call.starts_with("duplicates"));
}

TEST_F(DuplicatesTest, TheConversionToUniqueIsLookedAtToo) {
    define_unique(R"({"mail":1})");
    world_.seed("orders", spec_of(R"({"mail":1})"));
    duplicate("mail_1");
    EXPECT_EQ(plan()->plan.operations[0].action, index::Action::modify);
    EXPECT_EQ(plan()->duplicates[0]->verdict, Verdict::found);
    world_.server.faults.forget_calls();
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "modify mail_1 failed");
    EXPECT_EQ(world_.sync(id).records[0].error->code, 11000);
    EXPECT_EQ(world_.server.writes(), Calls{});
}

TEST_F(DuplicatesTest, TheSyncDoesNotBeginSuchABuild) {
    define_unique(R"({"mail":1})");
    define_unique(R"({"other":1})");
    world_.define(shop_, "orders", spec_of(R"({"plain":1})"));
    duplicate("mail_1");
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create mail_1 failed; create other_1 completed; create plain_1 completed");
    EXPECT_EQ(world_.server.writes(), Calls{"create orders other_1,plain_1"});
    const SyncRecord record = world_.sync(id).records[0];
    EXPECT_EQ(record.error->code, 11000);
    EXPECT_EQ(record.error->name, "DuplicateKey");
    EXPECT_EQ(record.error->message.find("secret@example.org"), std::string::npos);
    EXPECT_TRUE(record.started_at);
    EXPECT_EQ(world_.sync(id).error.find("secret@example.org"), std::string::npos);
    expect_truth(world_, id);
    world_.server.duplicates.clear();
    EXPECT_EQ(world_.run(shop_), "completed");
}

TEST_F(DuplicatesTest, NothingIsDroppedForABuildThatCannotBe) {
    define_unique(R"({"mail":1})", "c");
    world_.seed("orders", spec_of(R"({"old":1})", "{}", "c"));
    duplicate("c");
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "drop c skipped; create c failed");
    EXPECT_EQ(world_.sync(id).records[1].error->code, 11000);
    EXPECT_EQ(world_.server.writes(), Calls{});
    expect_truth(world_, id);
}

TEST_F(DuplicatesTest, WhatCannotBeFoundOutStopsNoBuild) {
    define_unique(R"({"mail":1})");
    world_.server.faults.fail_all("duplicates", {ErrorCode::target_timeout, "too slow"});
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.live("orders"), "mail_1");
}

struct Words {
    int code;
    std::string said, kept;
};

// The record is kept, and read by everybody who may read the sync.
TEST_F(DuplicatesTest, TheValuesInTheServersOwnWordsAreNotKept) {
    define_unique(R"({"mail":1})");
    for (const Words& words :
         {Words{11000,
                R"(E11000 duplicate key error collection: t.c index: mail_1 dup key: { mail: "secret" })",
                "E11000 duplicate key error collection: t.c index: mail_1"},
          Words{16755, R"(Can't extract geo keys: { _id: 1, mail: "secret" } unknown GeoJSON type: secret)",
                "Can't extract geo keys"},
          Words{67, R"(Values in v:2 index key pattern cannot be {})",
                R"(Values in v:2 index key pattern cannot be {})"}}) {
        world_.server.refuses_build = [&](const index::Spec&) -> std::optional<Error> {
            return Error{ErrorCode::target_refused, words.said, {words.code, "Refused", words.said}};
        };
        const SyncId id = run();
        EXPECT_EQ(world_.sync(id).records[0].error->message, words.kept);
        EXPECT_NE(world_.sync(id).error.find(words.kept), std::string::npos);
        EXPECT_EQ(world_.sync(id).error.find("secret"), std::string::npos);
    }
}

// How many documents are in the way is told all the same.
TEST_F(DuplicatesTest, APlanShowsNoValuesOfAProtectedDatabaseOrWhereTheyAreHidden) {
    define_unique(R"({"mail":1})");
    duplicate("mail_1");
    const auto shown = [&] {
        const auto groups = plan()->duplicates[0]->groups;
        return std::to_string(groups.at(0).documents) + (groups.at(0).values ? " with values" : " alone");
    };
    const auto set = [&](std::optional<Protection> protection, std::optional<DuplicateSamples> samples) {
        const Database stored = world_.databases.get(shop_).value();
        ASSERT_TRUE(world_.databases.update(
            shop_, DatabaseDraft{stored.name, "", stored.uri, stored.db_name, protection, samples},
            ConnectionTest::skip, Role::admin, Credential::access_token));
    };
    EXPECT_EQ(shown(), "2 with values");
    set(std::nullopt, DuplicateSamples::hidden);
    EXPECT_EQ(shown(), "2 alone");
    set(std::nullopt, std::nullopt);
    EXPECT_EQ(shown(), "2 alone");
    set(std::nullopt, DuplicateSamples::shown);
    EXPECT_EQ(shown(), "2 with values");
    set(Protection::on, DuplicateSamples::shown);
    EXPECT_EQ(shown(), "2 alone");
}

}  // namespace
}  // namespace mim::app
