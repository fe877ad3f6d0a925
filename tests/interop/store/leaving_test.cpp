// Removals of much, stopped anywhere, and changes of many definitions that end half-way.
#include "store/mongodb/leaving.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "interop/store/fail_point.hpp"
#include "interop/store/mongodb_world.hpp"
#include "store/descriptions/definition.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

class Leaving : public ::testing::Test {
  protected:
    void SetUp() override { ASSERT_EQ(outcome(world_.databases().create(shop_)), "ok"); }
    void define(int definitions) {
        app::DefinitionChanges changes;
        for (int i = 0; i < definitions; ++i)
            changes.creations.push_back(
                contract::a_definition(shop_.id, "c" + std::to_string(i % 7), "f" + std::to_string(i)));
        ASSERT_EQ(outcome(world_.definitions().change(changes)), "ok");
    }
    // As it is left by one who is stopped when the database is gone, and before anything else is.
    void leave_and_stop(const std::optional<app::Discard>& discard) {
        const auto left = link().in_transaction([&](Commands& commands) -> Done {
            MIM_TRY(database, commands.find_one(names::databases, fields("_id", shop_.id)));
            return let_leave(commands, *database, discard);
        });
        ASSERT_EQ(outcome(left), "ok");
    }
    std::int64_t stored(const char* collection) { return link().count(collection, {}).value(); }
    std::string collections() {
        std::string text;
        const auto found = world_.collections().collections(shop_.id, {});
        for (const auto& each : found->items)
            text += each.collection + ":" + std::to_string(each.total_indexes) + " ";
        return text;
    }
    Link& link() { return world_.link(); }

    MongoWorld world_;
    const app::Database shop_ = contract::a_database("shop");
};

TEST_F(Leaving, IsSeenByNobodyFromItsFirstMomentOn) {
    define(20);
    leave_and_stop(std::nullopt);
    EXPECT_EQ(outcome(world_.databases().get(shop_.id)), "not_found");
    EXPECT_EQ(world_.databases().list({})->total, 0);
    EXPECT_EQ(outcome(world_.definitions().create(contract::a_definition(shop_.id, "c0", "new"))),
              "not_found");
    EXPECT_EQ(outcome(world_.syncs().submit(contract::a_sync(shop_.id), {})), "not_found");
    EXPECT_EQ(outcome(world_.databases().create(contract::a_database("shop"))), "ok");
    ASSERT_TRUE(sweep(link(), all_parts));
    for (const char* each : {names::definitions, names::definition_counts, names::leaving})
        EXPECT_EQ(stored(each), 0) << each;
}

TEST_F(Leaving, GoesOnInPartsWhereverItWasStopped) {
    define(1'200);
    const auto discard = contract::a_discard();
    leave_and_stop(discard);
    EXPECT_EQ(world_.trash().get(discard.as)->definitions, 1'200);
    ASSERT_TRUE(sweep(link(), 1));
    EXPECT_EQ(stored(names::definitions), 700);
    EXPECT_EQ(stored(names::trash_definitions), 500);
    EXPECT_NO_THROW((void)open_or_throw(world_.name()));  // the next start
    EXPECT_EQ(stored(names::definitions), 0);
    EXPECT_EQ(stored(names::trash_definitions), 1'200);
    EXPECT_EQ(stored(names::leaving), 0);
}

TEST_F(Leaving, WhoTakesItBackWaitsForTheRest) {
    define(1'200);
    const auto before = collections();
    const auto discard = contract::a_discard();
    leave_and_stop(discard);
    ASSERT_TRUE(sweep(link(), 1));
    ASSERT_EQ(outcome(world_.trash().restore(discard.as)), "ok");
    EXPECT_EQ(collections(), before);
    EXPECT_EQ(stored(names::definitions), 1'200);
    EXPECT_EQ(stored(names::trash_definitions), 0);
    EXPECT_EQ(stored(names::leaving), 0);
}

TEST_F(Leaving, WhatIsPurgedOnItsWayIntoTheTrashGoesForEver) {
    define(1'200);
    const auto discard = contract::a_discard();
    leave_and_stop(discard);
    ASSERT_TRUE(sweep(link(), 1));
    EXPECT_TRUE(world_.trash().purge(discard.as).value());
    EXPECT_FALSE(world_.trash().purge(discard.as).value());
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "not_found");
    for (const char* each : {names::definitions, names::trash_definitions, names::leaving})
        EXPECT_EQ(stored(each), 0) << each;
}

TEST_F(Leaving, TheHouseKeepingGoesOnWithAPurge) {
    define(1'200);
    const auto discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    ASSERT_EQ(outcome(link().in_transaction([&](Commands& commands) -> Done {
                  MIM_CHECK(commands.remove(names::trash, fields("_id", discard.as), Several::one));
                  return let_parts_leave(commands, discard.as);
              })),
              "ok");
    EXPECT_EQ(world_.trash().purge_before(contract::at(0)).value(), 0);
    EXPECT_EQ(stored(names::trash_definitions), 0);
    EXPECT_EQ(stored(names::leaving), 0);
}

TEST_F(Leaving, ARestoreThatIsLeftBehindGoesBackAndIsDoneByTheNext) {
    define(1'200);
    const auto before = collections();
    const auto discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    const auto note = note_of_return(shop_.id, discard.as);
    ASSERT_TRUE(link().insert(names::leaving, {note}));
    const auto some = contract::a_definition(shop_.id, "c0", "f0");
    ASSERT_TRUE(link().insert(names::definitions, {to_document(some)}));
    ASSERT_TRUE(sweep(link(), all_parts));
    EXPECT_EQ(stored(names::definitions), 1);  // somebody is at work
    ASSERT_EQ(*link().update(names::leaving, fields("_id", shop_.id),
                             setting("until", system_clock().now() - std::chrono::milliseconds{1})),
              1);
    ASSERT_TRUE(sweep(link(), 1));
    EXPECT_FALSE(renew_return(link(), note).value());
    EXPECT_FALSE(end_return(link(), note).value());
    ASSERT_TRUE(link().remove(names::trash_definitions, fields("_id", some.id), Several::one));
    ASSERT_EQ(outcome(world_.trash().restore(discard.as)), "ok");
    EXPECT_EQ(collections(), before);
    EXPECT_EQ(stored(names::definitions), 1'200);
    EXPECT_EQ(stored(names::trash_definitions) + stored(names::leaving), 0);
}

TEST_F(Leaving, APurgeEndsARestore) {
    define(10);
    const auto discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    const auto note = note_of_return(shop_.id, discard.as);
    ASSERT_TRUE(link().insert(names::leaving, {note}));
    ASSERT_TRUE(
        link().insert(names::definitions, {to_document(contract::a_definition(shop_.id, "c0", "f0"))}));
    EXPECT_TRUE(world_.trash().purge(discard.as).value());
    EXPECT_FALSE(end_return(link(), note).value());
    for (const char* each : {names::definitions, names::trash_definitions, names::leaving})
        EXPECT_EQ(stored(each), 0) << each;
}

TEST_F(Leaving, ANameThatIsTakenWhileMuchIsBroughtBackLeavesTheEntryWhole) {
    define(600);
    const auto discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    ASSERT_EQ(outcome(world_.databases().create(contract::a_database("shop"))), "ok");
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "already_exists");
    EXPECT_EQ(stored(names::definitions) + stored(names::leaving), 0);
    EXPECT_EQ(stored(names::trash_definitions), 600);
}

// Somebody who was stopped in the middle of a part and goes on when all has come back.
TEST_F(Leaving, ALateOneTakesNothingOfWhatCameBack) {
    define(10);
    const auto discard = contract::a_discard();
    leave_and_stop(discard);
    int tries = 0;
    const auto late = link().in_transaction([&](Commands& commands) -> Done {
        MIM_TRY(part, commands.find(names::definitions, {.filter = fields("database", shop_.id)}));
        if (++tries == 1) MIM_CHECK(world_.trash().restore(discard.as));
        MIM_TRY(note,
                commands.find_and_modify(names::leaving, fields("_id", shop_.id),
                                         fields("$inc", fields("parts", std::int64_t{1})), Answer::before));
        if (!note) return Error(ErrorCode::cancelled, "nothing leaves");
        MIM_CHECK(commands.remove(names::definitions, fields("database", shop_.id), Several::all));
        return {};
    });
    EXPECT_EQ(outcome(late), "cancelled");
    EXPECT_EQ(stored(names::definitions), 10);
}

TEST_F(Leaving, SyncsGoWithTheirRecords) {
    for (int i = 0; i < 45; ++i) {
        const auto sync = contract::a_sync(shop_.id);
        ASSERT_EQ(outcome(world_.syncs().submit(sync, {})), "ok");
        ASSERT_EQ(outcome(world_.progress().claim(sync.id, 1, contract::at(2))), "ok");
        ASSERT_EQ(outcome(world_.progress().plan(sync.id, 1, {contract::a_record("a")}, contract::at(3))),
                  "ok");
        ASSERT_EQ(
            outcome(world_.progress().finish(sync.id, 1, app::SyncStatus::completed, "", contract::at(4))),
            "ok");
    }
    ASSERT_EQ(outcome(world_.databases().remove(shop_.id)), "ok");
    EXPECT_EQ(stored(names::syncs), 0);
    EXPECT_EQ(stored(names::sync_records), 0);
    EXPECT_EQ(stored(names::leaving), 0);
}

TEST_F(Leaving, AChangeThatTheServerRefusesHalfWayLeavesNothing) {
    define(2);
    auto too_large = contract::a_definition(shop_.id, "orders", "c");
    too_large.spec.options = bson::Builder().add("text", std::string(17U * 1024 * 1024, 'x')).take();
    EXPECT_EQ(outcome(world_.definitions().change(
                  {.removals = {},
                   .updates = {},
                   .creations = {contract::a_definition(shop_.id, "c0", "d"), too_large}})),
              "store_failed");
    EXPECT_EQ(collections(), "c0:1 c1:1 ");
    EXPECT_EQ(stored(names::definitions), 2);
}

TEST_F(Leaving, AChangeThatIsTooMuchForItsTimeLeavesNothing) {
    define(2);
    const FailPoint point(link(), std::string("alwaysOn"), "insert",
                          fields("blockConnection", true, "blockTimeMS", 1'500, "appName", "hurried"));
    MIM_SKIP_UNLESS_SET(point);
    drivers::mongoc::PoolSettings settings;
    settings.application_name = "hurried";
    const auto hurried = Link::open(with_database(store_uri_of_tests(), world_.name()), settings,
                                    std::chrono::milliseconds{1'000})
                             .value();
    const auto definitions = create_mongodb_definition_store(hurried);
    EXPECT_EQ(outcome(definitions->create(contract::a_definition(shop_.id, "c0", "new"))), "not_ready");
    EXPECT_EQ(collections(), "c0:1 c1:1 ");
    EXPECT_EQ(stored(names::definitions), 2);
}

TEST_F(Leaving, AnIdThatExistsIsNotTakenByACreation) {
    define(2);
    auto same_id = contract::a_definition(shop_.id, "orders", "c");
    same_id.id = world_.definitions().all_of(shop_.id, std::nullopt)->front().id;
    EXPECT_EQ(outcome(world_.definitions().change(
                  {.removals = {},
                   .updates = {},
                   .creations = {contract::a_definition(shop_.id, "c0", "d"), same_id}})),
              "already_exists");
    EXPECT_EQ(collections(), "c0:1 c1:1 ");
}

}  // namespace
}  // namespace mim::store::mongodb
