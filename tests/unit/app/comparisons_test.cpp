#include <gtest/gtest.h>

#include "world.hpp"

namespace mim::app {
namespace {

class ComparisonsTest : public ::testing::Test {
  protected:
    Result<DatabaseComparison> compare(const std::optional<std::vector<std::string>>& collections,
                                       Unmanaged unmanaged = Unmanaged::leave_out) {
        return world_.comparisons.compare(
            {.database = shop_, .collections = collections, .unmanaged = unmanaged});
    }
    static std::string names(const Result<DatabaseComparison>& compared) {
        if (!compared) return outcome(compared);
        std::string text;
        for (const auto& one : compared->collections) text += (text.empty() ? "" : " ") + one.collection;
        return text;
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(ComparisonsTest, EveryIndexIsInOneOfFourLists) {
    world_.define(shop_, "orders", spec_of(R"({"missing":1})"));
    world_.define(shop_, "orders", spec_of(R"({"matched":1})"));
    world_.define(shop_, "orders", spec_of(R"({"changed":1})", R"({"expireAfterSeconds":9})"));
    world_.seed("orders", spec_of(R"({"matched":1})"));
    world_.seed("orders", spec_of(R"({"changed":1})"));
    world_.seed("orders", spec_of(R"({"redundant":1})"));
    const auto compared = compare({{"orders"}});
    ASSERT_EQ(outcome(compared), ok);
    const auto& one = compared->collections.at(0);
    EXPECT_EQ(one.missing.size(), 1U);
    EXPECT_EQ(one.matched.size(), 1U);
    EXPECT_EQ(one.changed.size(), 1U);
    EXPECT_EQ(one.redundant.size(), 1U);
    EXPECT_EQ(compared->database.id, shop_);
}

TEST_F(ComparisonsTest, TellsOfTheCollectionsThatWereAskedFor) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "absent", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("unmanaged", spec_of(R"({"a":1})"));
    world_.server.database("shop")["view"].traits.kind = index::CollectionKind::view;
    EXPECT_EQ(names(compare({{"unmanaged", "orders"}})), "unmanaged orders");
    EXPECT_EQ(names(compare(std::nullopt)), "absent orders");
    EXPECT_EQ(names(compare(std::nullopt, Unmanaged::include)), "absent orders unmanaged");
}

TEST_F(ComparisonsTest, ACollectionThatNobodyKnowsIsNotFound) {
    world_.define(shop_, "absent", spec_of(R"({"a":1})"));
    world_.seed("unmanaged", spec_of(R"({"a":1})"));
    EXPECT_EQ(names(compare({{"absent", "unmanaged"}})), "absent unmanaged");
    const auto refused = compare({{"absent", "ordres", "unmanaged"}});
    EXPECT_EQ(outcome(refused), "not_found");
    EXPECT_TRUE(names_field(refused, "collections[1]"));
    EXPECT_EQ(refused.error().fields.size(), 1U);
    const auto script = [&](const std::string& name, ScriptSource source) {
        return outcome(world_.comparisons.script(
            {.database = shop_, .collections = std::vector{name}, .source = source}));
    };
    EXPECT_EQ(script("absent", ScriptSource::registry), ok);
    EXPECT_EQ(script("unmanaged", ScriptSource::registry), "not_found");  // it never looks at the target
    EXPECT_EQ(script("unmanaged", ScriptSource::comparison), ok);
    EXPECT_EQ(script("ordres", ScriptSource::comparison), "not_found");
}

TEST_F(ComparisonsTest, APlanOfAnotherFingerprintIsRefused) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    SyncOptions options;
    const auto seen = world_.comparisons.checked_plan({.database = shop_, .collections = {}}, options);
    options.fingerprint = seen.value().plan.fingerprint;
    EXPECT_EQ(outcome(world_.comparisons.checked_plan({.database = shop_, .collections = {}}, options)), ok);
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    EXPECT_EQ(outcome(world_.comparisons.checked_plan({.database = shop_, .collections = {}}, options)),
              "plan_changed");
}

TEST_F(ComparisonsTest, BadCollectionsAreNamed) {
    EXPECT_TRUE(names_field(compare(std::vector<std::string>{}), "collections"));
    const auto refused = compare({{"orders", "a$b", "orders"}});
    EXPECT_TRUE(names_field(refused, "collections[1]"));
    EXPECT_TRUE(names_field(refused, "collections[2]"));
}

TEST_F(ComparisonsTest, AnUnreadableCollectionIsAnErrorThatNamesIt) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.server.collection("shop", "orders").unreadable =
        Error{ErrorCode::target_not_authorised, "needs listIndexes"};
    const auto refused = compare({{"orders"}});
    EXPECT_EQ(outcome(refused), "target_not_authorised");
    EXPECT_NE(refused.error().message.find("orders"), std::string::npos);
}

// Before 5.0 two indexes that differ in a filter alone are one to MongoDB.
TEST_F(ComparisonsTest, AServerIsJudgedByItsFeatureCompatibilityVersion) {
    world_.server.version = {4, 4};
    world_.server.binary_version = index::ServerVersion{5, 0};
    world_.define(shop_, "orders", spec_of(R"({"a":1})", R"({"partialFilterExpression":{"b":1}})"));
    world_.seed("orders", spec_of(R"({"a":1})", "{}", "plain"));
    const auto lagging = compare({{"orders"}});
    EXPECT_EQ(lagging->version, (index::ServerVersion{4, 4}));
    EXPECT_EQ(lagging->collections.at(0).changed.size(), 1U);
    world_.server.version = {5, 0};
    EXPECT_EQ(compare({{"orders"}})->collections.at(0).missing.size(), 1U);
}

// Of a binary of 5.0, 0 seconds may be NaN that its listing repaired; a 4.4 lists NaN as it is.
TEST_F(ComparisonsTest, AServersLifetimesAreJudgedByItsBinary) {
    world_.server.version = {4, 4};
    world_.seed("orders", spec_of(R"({"a":1})", R"({"expireAfterSeconds":0})"));
    const auto told = [this] {
        std::string codes;
        const auto compared = compare({{"orders"}});
        for (const index::Note& note : compared->collections.at(0).notes) codes += note.code + " ";
        return codes;
    };
    EXPECT_EQ(told(), "");
    world_.server.binary_version = index::ServerVersion{5, 0};
    EXPECT_EQ(told(), "ttl_deletes_at_once ");
}

TEST_F(ComparisonsTest, AnUpgradeIsToldUntilASyncHasRun) {
    const auto told = [this] {
        std::string codes;
        const auto compared = compare({{"orders"}});
        for (const index::Note& note : compared->collections.at(0).notes) codes += note.code + " ";
        return codes;
    };
    world_.define(shop_, "orders",
                  spec_of(R"({"a":1})", R"({"partialFilterExpression":{"a":{"$in":[1,2]}}})"));
    world_.seed("orders", spec_of(R"({"b":1})"));
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    world_.server.version = {5, 0};
    EXPECT_EQ(told(), "impossible_here ");
    world_.server.version = {6, 0};
    EXPECT_EQ(told(), "rules_changed ");
    EXPECT_EQ(told(), "rules_changed ") << "as long as nobody syncs";
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(told(), "");
    world_.server.version = {5, 0};
    EXPECT_EQ(told(), "rules_changed ") << "of what is there, too";
}

TEST_F(ComparisonsTest, ASyncOfSomeCollectionsLeavesTheUpgradeOfTheOthersTold) {
    const auto told = [this](const char* collection) {
        std::string codes;
        const auto compared = compare({{collection}});
        for (const index::Note& note : compared->collections.at(0).notes) codes += note.code + " ";
        return codes;
    };
    const auto sync = [this](const std::vector<std::string>& collections) {
        const SyncId id = world_.submit(shop_, {}, collections);
        EXPECT_EQ(world_.work(), RunOutcome::finished);
        EXPECT_EQ(world_.sync(id).status, SyncStatus::completed);
    };
    world_.server.version = {6, 0};
    for (const char* collection : {"orders", "people"}) {
        const auto since_6_0 = spec_of(R"({"a":1})", R"({"partialFilterExpression":{"a":{"$in":[1,2]}}})");
        world_.define(shop_, collection, since_6_0);
        world_.seed(collection, since_6_0);
        EXPECT_EQ(told(collection), "");
    }
    world_.server.version = {5, 0};
    EXPECT_EQ(told("orders"), "rules_changed ");
    sync({"orders"});
    EXPECT_EQ(told("people"), "rules_changed ") << "nobody looked there yet";
    sync({"orders", "people"});
    EXPECT_EQ(told("people") + told("orders"), "");
}

TEST_F(ComparisonsTest, ErrorsOfTheTargetPassThrough) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_call(1, {{ErrorCode::target_authentication, "refused"}}, "probe");
    EXPECT_EQ(outcome(compare(std::nullopt)), "target_authentication");
    EXPECT_EQ(outcome(world_.comparisons.compare(
                  {.database = DatabaseId::generate(), .collections = std::nullopt})),
              "not_found");
}

TEST_F(ComparisonsTest, APlanChangesNothingAndItsFingerprintFollowsBothSides) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    const CompareRequest all{.database = shop_, .collections = std::nullopt};
    const auto first = world_.comparisons.plan(all, {});
    ASSERT_EQ(outcome(first), ok);
    ASSERT_EQ(first->operations.size(), 1U);
    EXPECT_NE(first->operations[0].statement.find("shop"), std::string::npos);
    EXPECT_EQ(world_.comparisons.plan(all, {})->fingerprint, first->fingerprint);
    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{});
    world_.seed("orders", spec_of(R"({"x":1})"));
    const auto second = world_.comparisons.plan(all, {});
    EXPECT_NE(second->fingerprint, first->fingerprint);
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    EXPECT_NE(world_.comparisons.plan(all, {})->fingerprint, second->fingerprint);
}

TEST_F(ComparisonsTest, AScriptComesFromTheComparisonOrFromTheRegistry) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"old":1})"));
    ScriptRequest request{.database = shop_, .collections = std::nullopt};
    auto answer = world_.comparisons.script(request);
    ASSERT_EQ(outcome(answer), ok);
    EXPECT_EQ(answer->script.creates, 1U);
    EXPECT_EQ(answer->script.drops, 1U);
    EXPECT_EQ(answer->filename, "shop-indexes.js");
    EXPECT_EQ(answer->script.text.find("pa55"), std::string::npos);
    request.mode = index::ScriptMode::create;
    answer = world_.comparisons.script(request);
    EXPECT_EQ(answer->script.creates, 1U);
    EXPECT_EQ(answer->script.drops, 0U);

    world_.server.faults.fail_all("",
                                  {ErrorCode::target_unreachable, "down"});  // the registry needs no target
    request.source = ScriptSource::registry;
    for (const auto mode : {index::ScriptMode::create, index::ScriptMode::both}) {
        request.mode = mode;
        answer = world_.comparisons.script(request);
        ASSERT_EQ(outcome(answer), ok);
        EXPECT_EQ(answer->script.creates, 2U);
        EXPECT_EQ(answer->script.drops, 0U);
    }
    request.mode = index::ScriptMode::drop;
    answer = world_.comparisons.script(request);
    EXPECT_EQ(answer->script.creates, 0U);
    EXPECT_EQ(answer->script.drops, 2U);
}

TEST_F(ComparisonsTest, AScriptOfTheRegistrySaysWhatTheServerThatWasSeenWillRefuse) {
    world_.define(shop_, "orders",
                  spec_of(R"({"a":1})", R"({"partialFilterExpression":{"a":{"$in":[1,2]}}})"));
    world_.server.version = {5, 0};
    const auto warned = [this] {
        const auto answer = world_.comparisons.script(
            {.database = shop_, .collections = std::nullopt, .source = ScriptSource::registry});
        return answer->script.text.find("MongoDB will refuse it") != std::string::npos;
    };
    EXPECT_FALSE(warned()) << "nobody has looked there";
    ASSERT_EQ(outcome(compare(std::nullopt)), ok);
    EXPECT_TRUE(warned());
}

}  // namespace
}  // namespace mim::app
