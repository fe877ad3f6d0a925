#include <utility>

#include <gtest/gtest.h>

#include "app/definition_identity.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

class DefinitionsTest : public ::testing::Test {
  protected:
    Result<DefinitionId> create(const index::Spec& spec, const std::string& collection = "orders") {
        return world_.definitions.create(shop_, collection, spec);
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(DefinitionsTest, TheVersionThatEveryServerBuildsIsNotKept) {
    world_.seed("orders", spec_of(R"({"other":1})"));
    world_.server.collection("shop", "orders").traits.options =
        bson::parse_json(R"({"collation":{"locale":"de"}})").value();
    const DefinitionId id = world_.define(shop_, "orders", spec_of(R"({"a":1})", R"({"v":2})"));
    EXPECT_FALSE(world_.definitions.get(id)->spec.options.contains("v"));
    world_.seed("orders", spec_of(R"({"a":1})"));  // inherits the collation, as the definition does
    const auto compared = world_.comparisons.compare({.database = shop_, .collections = {{"orders"}}});
    EXPECT_EQ(compared->collections.at(0).matched.size(), 1U);
    const DefinitionId old = world_.define(shop_, "orders", spec_of(R"({"b":1})", R"({"v":1})"));
    EXPECT_TRUE(world_.definitions.get(old)->spec.options.contains("v"));
}

TEST_F(DefinitionsTest, AnEmptyNameBecomesTheDefault) {
    index::Spec spec = spec_of(R"({"customer_id":1,"created_at":-1})");
    spec.name.clear();
    const auto id = create(spec);
    ASSERT_EQ(outcome(id), ok);
    const auto read = world_.definitions.get(*id);
    EXPECT_EQ(read->spec.name, "customer_id_1_created_at_-1");
    EXPECT_EQ(read->collection, "orders");
    EXPECT_EQ(read->database, shop_);
    EXPECT_FALSE(read->signature.empty());
    EXPECT_EQ(outcome(create(spec)), "already_exists");
}

struct Refused {
    const char* name;
    std::string key, options, index_name, field;
};
class RefusedDefinitions : public DefinitionsTest, public ::testing::WithParamInterface<Refused> {};

TEST_P(RefusedDefinitions, NameTheRule) {
    const Refused& bad = GetParam();
    index::Spec spec = spec_of(bad.key, bad.options, bad.index_name);
    const auto refused = create(spec);
    EXPECT_EQ(outcome(refused), "invalid_input");
    EXPECT_TRUE(names_field(refused, bad.field)) << refused.error().fields.at(0).path;
    EXPECT_FALSE(refused.error().fields.at(0).reason.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedDefinitions,
    ::testing::Values(Refused{"NoKey", "{}", "{}", "x", "key"},
                      Refused{"ZeroKey", R"({"a":0})", "{}", "x", "key.a"},
                      Refused{"IdIndex", R"({"_id":1})", "{}", "_id_", "key"},
                      Refused{"IdIndexByAnotherName", R"({"_id":1})", "{}", "mine", "key"},
                      Refused{"NameOfTheIdIndex", R"({"a":1})", "{}", "_id_", "name"},
                      Refused{"NameStar", R"({"a":1})", "{}", "*", "name"},
                      Refused{"LongName", R"({"a":1})", "{}", std::string(1'025, 'x'), "name"},
                      Refused{"UnknownOption", R"({"a":1})", R"({"bogus":1})", "x", "bogus"},
                      Refused{"NegativeTtl", R"({"a":1})", R"({"expireAfterSeconds":-1})", "x",
                              "expireAfterSeconds"}),
    [](const auto& one) { return one.param.name; });

// MongoDB has had no limit since 4.2; what is longer could not be read from a target.
TEST_F(DefinitionsTest, TheLongestNameIsAllowed) {
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", "{}", std::string(1'024, 'x')))), ok);
}

TEST_F(DefinitionsTest, ACollectionMayEndWithADot) {
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})"), "orders.")), ok);
    EXPECT_TRUE(names_field(create(spec_of(R"({"a":1})"), ".orders"), "collection"));
}

TEST_F(DefinitionsTest, AllBadFieldsAreNamedAtOnce) {
    const auto refused = create(spec_of(R"({"a":0})"), "");
    EXPECT_TRUE(names_field(refused, "collection"));
    EXPECT_TRUE(names_field(refused, "key.a"));
}

TEST_F(DefinitionsTest, NeedTheirDatabase) {
    EXPECT_EQ(outcome(world_.definitions.create(DatabaseId::generate(), "orders", spec_of(R"({"a":1})"))),
              "not_found");
    EXPECT_EQ(outcome(world_.definitions.list(DatabaseId::generate(), "orders", {})), "not_found");
}

TEST_F(DefinitionsTest, TheSameIdentityUnderAnotherNameIsAConflict) {
    ASSERT_EQ(outcome(create(spec_of(R"({"a":1,"b":1})"))), ok);
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1,"b":1})", "{}", "other"))), "already_exists");
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1.0,"b":1})", "{}", "typed"))), "already_exists");
    EXPECT_EQ(outcome(create(spec_of(R"({"b":1,"a":1})"))), ok);  // the order of keys matters
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1,"b":1})"), "people")), ok);
}

// MongoDB takes them, and none of them stands for another: each refuses other documents.
TEST_F(DefinitionsTest, SeveralUniqueIndexesOnTheSameKeysMayDifferInMoreThanTheName) {
    const std::string partial = R"({"unique":true,"partialFilterExpression":{"b":1}})";
    const std::string german = R"({"unique":true,"collation":{"locale":"de"}})";
    ASSERT_EQ(outcome(create(spec_of(R"({"a":1})", R"({"unique":true})"))), ok);
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", partial, "partial"))), ok);
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", R"({"unique":true,"sparse":true})", "sparse"))), ok);
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", german, "german"))), ok);
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", partial, "again"))), "already_exists");
}

TEST_F(DefinitionsTest, AnUpdateIsJudgedLikeACreation) {
    const DefinitionId id = *create(spec_of(R"({"a":1})"));
    ASSERT_EQ(outcome(create(spec_of(R"({"b":1})"))), ok);
    world_.clock.advance(std::chrono::seconds{3});
    index::Spec changed = spec_of(R"({"c":1})", R"({"unique":true})");
    changed.name.clear();
    ASSERT_EQ(outcome(world_.definitions.update(id, changed, Role::editor)), ok);
    const auto read = world_.definitions.get(id);
    EXPECT_EQ(read->spec.name, "c_1");
    EXPECT_NE(read->signature.find("unique"), std::string::npos);
    EXPECT_EQ(read->collection, "orders");
    EXPECT_EQ(read->updated_at - read->created_at, std::chrono::seconds{3});
    EXPECT_EQ(outcome(world_.definitions.update(id, spec_of(R"({"b":1})"), Role::editor)), "already_exists");
    EXPECT_EQ(outcome(world_.definitions.update(id, spec_of(R"({"b":0})"), Role::editor)), "invalid_input");
    EXPECT_EQ(
        outcome(world_.definitions.update(DefinitionId::generate(), spec_of(R"({"z":1})"), Role::editor)),
        "not_found");
}

TEST_F(DefinitionsTest, AnUpdateLeavesWhatItDoesNotGive) {
    const DefinitionId id = *create(spec_of(R"({"a":1})", R"({"unique":true})"));
    SpecChange keys;
    keys.key = spec_of(R"({"b":1})").key;
    ASSERT_EQ(outcome(world_.definitions.update(id, keys, Role::editor)), ok);
    EXPECT_EQ(world_.definitions.get(id)->spec.name, "b_1");  // a default name follows its keys
    EXPECT_TRUE(world_.definitions.get(id)->spec.options.contains("unique"));
    SpecChange name;
    name.name = "mine";
    ASSERT_EQ(outcome(world_.definitions.update(id, name, Role::editor)), ok);
    keys.key = spec_of(R"({"c":1})").key;
    ASSERT_EQ(outcome(world_.definitions.update(id, keys, Role::editor)), ok);
    EXPECT_EQ(world_.definitions.get(id)->spec.name, "mine");  // a name of one's own stays
    SpecChange options;
    options.options = bson::Document();
    ASSERT_EQ(outcome(world_.definitions.update(id, options, Role::editor)), ok);
    EXPECT_FALSE(world_.definitions.get(id)->spec.options.contains("unique"));
    name.name = "";
    ASSERT_EQ(outcome(world_.definitions.update(id, name, Role::editor)), ok);
    EXPECT_EQ(world_.definitions.get(id)->spec.name, "c_1");
}

TEST_F(DefinitionsTest, RemovingIsQuietAndListsBeginWithTheNewest) {
    const DefinitionId id = *create(spec_of(R"({"b":1})"));
    ASSERT_EQ(outcome(create(spec_of(R"({"a":1})"))), ok);
    const auto page = world_.definitions.list(shop_, "orders", {.query = "", .page = 0, .limit = 0});
    ASSERT_EQ(page->items.size(), 2U);
    EXPECT_EQ(page->items[0].spec.name, "a_1");
    EXPECT_EQ(page->limit, default_page_limit);
    EXPECT_EQ(outcome(world_.definitions.remove(id, Role::editor)), ok);
    EXPECT_EQ(outcome(world_.definitions.remove(id, Role::editor)), ok);
    EXPECT_EQ(outcome(world_.definitions.get(id)), "not_found");
}

TEST_F(DefinitionsTest, TwoChangesAtOnceBothTakeEffect) {
    const DefinitionId id = *create(spec_of(R"({"a":1})"));
    SpecChange first, second;
    first.options = spec_of("{}", R"({"unique":true})").options;
    second.name = "mine";
    world_.store.faults().on_call = [&, done = false](const std::string& call) mutable {
        if (call != "definitions.change" || std::exchange(done, true)) return;
        EXPECT_EQ(outcome(world_.definitions.update(id, first, Role::editor)), ok);
    };
    ASSERT_EQ(outcome(world_.definitions.update(id, second, Role::editor)), ok);
    EXPECT_EQ(world_.definitions.get(id)->spec.name, "mine");
    EXPECT_TRUE(world_.definitions.get(id)->spec.options.contains("unique"));
}

TEST_F(DefinitionsTest, OfTwoRemovalsAtOnceOneIsTold) {
    const DefinitionId id = *create(spec_of(R"({"a":1})"));
    world_.store.faults().on_call = [&, done = false](const std::string& call) mutable {
        if (call != "definitions.change" || std::exchange(done, true)) return;
        EXPECT_TRUE(world_.definitions.remove(id, Role::editor).value());
    };
    EXPECT_FALSE(world_.definitions.remove(id, Role::editor).value());
}

TEST_F(DefinitionsTest, ARemovalTellsWhatItRemoved) {
    const DefinitionId id = *create(spec_of(R"({"a":1})"));
    SpecChange renamed;
    renamed.name = "mine";
    world_.store.faults().on_call = [&, done = false](const std::string& call) mutable {
        if (call != "definitions.change" || std::exchange(done, true)) return;
        EXPECT_EQ(outcome(world_.definitions.update(id, renamed, Role::editor)), ok);
    };
    EXPECT_EQ(world_.definitions.remove(id, Role::editor).value()->spec.name, "mine");
}

constexpr const char* in_filter = R"({"partialFilterExpression":{"a":{"$in":[1,2]}}})";

// `$in` in a filter is taken from 6.0 on.
TEST_F(DefinitionsTest, IsJudgedByItsTarget) {
    world_.server.version = {5, 0};
    ASSERT_EQ(outcome(world_.databases.test(shop_)), ok);
    const auto refused = create(spec_of(R"({"a":1})", in_filter));
    ASSERT_EQ(outcome(refused), "invalid_input");
    const std::string reason = refused.error().fields.at(0).reason;
    EXPECT_TRUE(reason.ends_with(" (MongoDB 5.0).")) << reason;
    world_.server.version = {6, 0};
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", in_filter))), "invalid_input") << "until somebody looks";
    ASSERT_EQ(outcome(world_.databases.test(shop_)), ok);
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", in_filter))), ok);
}

TEST_F(DefinitionsTest, AnUnknownTargetIsJudgedByTheNewestRules) {
    world_.server.version = {5, 0};
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", in_filter))), ok);
    const auto refused = create(spec_of(R"({"b":0})"));
    const std::string reason = refused.error().fields.at(0).reason;
    EXPECT_NE(reason.find("(by the newest rules: nobody has looked at the target yet)"), std::string::npos)
        << reason;
}

TEST_F(DefinitionsTest, ItsFeatureCompatibilityVersionCounts) {
    world_.server.version = {5, 0};
    world_.server.binary_version = index::ServerVersion{6, 0};
    ASSERT_EQ(outcome(world_.comparisons.compare({.database = shop_, .collections = {}})), ok);
    const auto refused = create(spec_of(R"({"a":1})", in_filter));
    EXPECT_NE(
        refused.error().fields.at(0).reason.find("(MongoDB 6.0 with feature compatibility version 5.0)"),
        std::string::npos)
        << refused.error().fields.at(0).reason;
}

TEST_F(DefinitionsTest, AnUpdateIsJudgedByTheTargetToo) {
    const DefinitionId id = *create(spec_of(R"({"a":1})"));
    world_.server.version = {5, 0};
    ASSERT_EQ(outcome(world_.databases.test(shop_)), ok);
    EXPECT_EQ(outcome(world_.definitions.update(id, spec_of(R"({"a":1})", in_filter), Role::editor)),
              "invalid_input");
}

// What 5.0 tells apart by its options is one index before: the second would be refused with 85.
TEST_F(DefinitionsTest, BeforeFiveOptionsTellNoIndexesApart) {
    const DefinitionId id = *create(spec_of(R"({"a":1})", "{}", "plain"));
    ASSERT_EQ(outcome(create(spec_of(R"({"a":1})", R"({"sparse":true})", "sparse"))), ok);
    world_.server.version = {4, 4};
    ASSERT_EQ(outcome(world_.databases.test(shop_)), ok);
    const auto refused = create(spec_of(R"({"a":1})", R"({"unique":true})", "unique"));
    ASSERT_EQ(outcome(refused), "invalid_input");
    EXPECT_TRUE(names_field(refused, "keys"));
    const std::string reason = refused.error().fields.at(0).reason;
    EXPECT_NE(reason.find("the same index as"), std::string::npos) << reason;
    EXPECT_NE(reason.find("(MongoDB 4.4)"), std::string::npos) << reason;
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", R"({"collation":{"locale":"de"}})", "german"))), ok);
    EXPECT_EQ(outcome(create(spec_of(R"({"a":1})", "{}", "again"))), "already_exists");
    EXPECT_EQ(outcome(world_.definitions.update(id, spec_of(R"({"b":1})"), Role::editor)), ok);
}

TEST_F(DefinitionsTest, AConflictTellsWhichDefinitionIsThere) {
    const DefinitionId id = *create(spec_of(R"({"a":1})", "{}", "first"));
    const auto refused = create(spec_of(R"({"a":1})", "{}", "other"));
    EXPECT_EQ(refused.error().fields.at(0).reason, "is defined already, as first (" + id.text() + ")");
    const auto taken = create(spec_of(R"({"b":1})", "{}", "first"));
    EXPECT_EQ(taken.error().fields.at(0),
              (FieldError{"name", "is taken by the definition first (" + id.text() + ")"}));
    const DefinitionId other = *create(spec_of(R"({"b":1})", "{}", "second"));
    SpecChange same;
    same.key = spec_of(R"({"a":1})").key;
    EXPECT_EQ(world_.definitions.update(other, same, Role::editor).error().fields.at(0).reason,
              "is defined already, as first (" + id.text() + ")");
}

TEST_F(DefinitionsTest, ASecondTextIndexIsRefusedWithTheReason) {
    const DefinitionId id = *create(spec_of(R"({"a":"text"})"));
    const auto refused = create(spec_of(R"({"b":"text"})"));
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_EQ(refused.error().fields.at(0).reason, "a collection has one text index only, and a_text (" +
                                                       id.text() + ") is it: add the fields to it");
}

}  // namespace
}  // namespace mim::app
