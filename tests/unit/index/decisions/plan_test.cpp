#include "index/plan/plan.hpp"

#include <gtest/gtest.h>

#include "world.hpp"

namespace mim::index::testing {
namespace {

TEST(Plan, NamesOfActionsReadBack) {
    for (const Action action : {Action::create, Action::drop, Action::modify, Action::hide, Action::define,
                                Action::redefine, Action::forget}) {
        EXPECT_EQ(parse_action(to_string(action)), action);
    }
    EXPECT_EQ(parse_action("destroy"), std::nullopt);
    EXPECT_EQ(to_string(Risk::safe), "safe");
    EXPECT_EQ(to_string(Risk::caution), "caution");
    EXPECT_EQ(to_string(Risk::destructive), "destructive");
}

World one_collection(const std::string& definition, const std::string& index) {
    World world{ServerVersion{}};
    world.collections().push_back({"c", {}, {{DefinitionId::generate(), spec_of(definition)}}, {id_index()}});
    world.collections()[0].live.push_back({spec_of(index)});
    return world;
}

TEST(Plan, SaysWhichDefinitionIsBehindAnOperation) {
    const World world = one_collection(R"({"name": "a_1", "key": {"a": 1}, "sparse": true})",
                                       R"({"name": "a_1", "key": {"a": 1}})");
    const Plan plan = make_plan(world.compare({}), {});
    ASSERT_EQ(plan.operations.size(), 2u);
    EXPECT_EQ(plan.operations[0].definition, world.collections()[0].desired[0].id);
    EXPECT_EQ(plan.operations[1].definition, world.collections()[0].desired[0].id);
}

TEST(Plan, BuildsTheOldIndexAgainWhenItsReplacementFails) {
    World world = one_collection(R"({"name": "a_1", "key": {"a": 1}, "sparse": true})",
                                 R"({"name": "a_1", "key": {"a": 1}, "v": 2})");
    Plan plan = make_plan(world.compare({}), {});
    ASSERT_EQ(plan.operations.size(), 2u);
    ASSERT_EQ(plan.operations[1].restores, 0u);
    plan.operations[1].spec.key = bson::Document();  // MongoDB refuses an empty key
    EXPECT_FALSE(world.apply(plan)[1].done);
    ASSERT_EQ(world.collections()[0].live.size(), 2u);
    EXPECT_FALSE(world.collections()[0].live[1].spec.options.contains("sparse"));
}

TEST(Plan, KeepsAnIndexWhoseSuccessorCouldNotBeBuilt) {
    World world = one_collection(R"({"name": "a_1_b_1", "key": {"a": 1, "b": 1}})",
                                 R"({"name": "a_1", "key": {"a": 1}, "v": 2})");
    Plan plan = make_plan(world.compare({}), {});
    ASSERT_EQ(plan.operations.size(), 2u);
    ASSERT_EQ(plan.operations[1].action, Action::drop);
    plan.operations[0].spec.key = bson::Document();
    EXPECT_FALSE(world.apply(plan)[1].done);
    EXPECT_EQ(world.collections()[0].live.size(), 2u);
}

TEST(Plan, HasNoStatementForWhatChangesTheRegistryOnly) {
    const World world =
        one_collection(R"({"name": "a_1", "key": {"a": 1}})", R"({"name": "b_1", "key": {"b": 1}})");
    const Plan plan = make_plan(world.compare({}), {.missing = MissingChoice::remove_from_registry,
                                                    .extra = ExtraChoice::import_to_registry});
    ASSERT_EQ(plan.operations.size(), 2u);
    for (const Operation& one : plan.operations) EXPECT_EQ(one.statement, "");
}

TEST(Plan, SpeaksToTheCurrentDatabaseWhenItKnowsNoName) {
    const World world =
        one_collection(R"({"name": "a_1", "key": {"a": 1}})", R"({"name": "b_1", "key": {"b": 1}})");
    EXPECT_TRUE(make_plan(world.compare({}), {}).operations[0].statement.starts_with("db.runCommand("));
    EXPECT_TRUE(make_plan(world.compare({}), {.database_name = "shop"})
                    .operations[0]
                    .statement.starts_with("db.getSiblingDB(\"shop\").runCommand("));
}

TEST(Plan, TellsTheOldValueBeforeTheNewOneOfTheSideThatChanges) {
    const World world =
        one_collection(R"({"name": "a_1", "key": {"a": 1}, "expireAfterSeconds": 60})",
                       R"({"name": "a_1", "key": {"a": 1}, "expireAfterSeconds": 90, "v": 2})");
    const auto reason = [&](ChangedChoice changed) {
        return make_plan(world.compare({}), {.changed = changed}).operations.at(0).reason;
    };
    EXPECT_NE(reason(ChangedChoice::alter_database).find("90 → 60"), std::string::npos);
    EXPECT_NE(reason(ChangedChoice::take_into_registry).find("60 → 90"), std::string::npos);
}

}  // namespace
}  // namespace mim::index::testing
