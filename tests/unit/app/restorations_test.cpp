// What a sync dropped or hid comes back by one call.
#include <gtest/gtest.h>

#include "sync_truth.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

using Calls = std::vector<std::string>;
const Error disk_is_full{ErrorCode::target_refused, "no space", {14031, "OutOfDiskSpace", "no space"}};

class RestorationsTest : public ::testing::Test {
  protected:
    void SetUp() override { world_.define(shop_, "orders", spec_of(R"({"kept":1})")); }
    SyncId drop_all(index::DropMode mode = index::DropMode::drop) {
        SyncOptions options;
        options.drop_mode = mode;
        const SyncId id = world_.submit(shop_, options);
        EXPECT_EQ(world_.work(), RunOutcome::finished);
        world_.server.faults.forget_calls();
        return id;
    }
    Result<SyncId> restore(const SyncId& id, const std::optional<IndexPlace>& only = std::nullopt) {
        return world_.syncs.restore({.sync = id, .only = only});
    }
    // Submits the restoration and runs it.
    SyncId restored(const SyncId& id, const std::optional<IndexPlace>& only = std::nullopt) {
        const auto made = restore(id, only);
        EXPECT_EQ(outcome(made), ok);
        EXPECT_EQ(world_.work(), RunOutcome::finished);
        return *made;
    }
    index::Spec live(const std::string& name) {
        for (const index::LiveIndex& one : world_.server.collection("shop", "orders").indexes) {
            if (one.spec.name == name) return one.spec;
        }
        return {};
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(RestorationsTest, ADroppedIndexIsTheSameAgainToTheByte) {
    const std::vector<index::Spec> specs{
        spec_of(R"({"2":1,"1":-1,"a.b":{"$numberLong":"1"}})", R"({"sparse":true})"),
        spec_of(R"({"at":1})", R"({"expireAfterSeconds":3600,"partialFilterExpression":
            {"n":{"$gt":{"$numberDecimal":"1.5"}},"d":{"$gte":{"$date":"2020-01-01T00:00:00Z"}}}})"),
        spec_of(R"({"t":"text","k":1})", R"({"weights":{"t":5},"default_language":"german"})"),
        spec_of(R"({"p":"2dsphere"})", R"({"2dsphereIndexVersion":2})"),
        spec_of(R"({"s":1})", R"({"collation":{"locale":"de","strength":2}})"),
        spec_of(R"({"da":1})", R"({"collation":{"locale":"da"}})"),
        spec_of(R"({"th":1})", R"({"collation":{"locale":"th","normalization":false}})"),
        spec_of(R"({"w.$**":1})"),
        spec_of(R"({"h":"hashed"})", R"({"hidden":true})")};
    std::vector<index::Spec> before;
    for (const index::Spec& spec : specs) {
        world_.seed("orders", spec);
        before.push_back(live(spec.name));
    }
    const SyncId id = drop_all();
    EXPECT_EQ(world_.live("orders"), "kept_1");
    const SyncId again = restored(id);
    EXPECT_EQ(world_.sync(again).status, SyncStatus::completed) << world_.sync(again).error;
    for (const index::Spec& spec : before) EXPECT_EQ(live(spec.name), spec) << spec.name;
}

TEST_F(RestorationsTest, OneOfThemWhenItIsNamed) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"b":1})"));
    const SyncId id = drop_all();
    const SyncId again = restored(id, IndexPlace{"orders", "b_1"});
    EXPECT_EQ(world_.records(again), "create b_1 completed");
    EXPECT_EQ(world_.sync(again).restoration->of, id);
    EXPECT_EQ(world_.sync(again).collections, std::vector<std::string>{"orders"});
    EXPECT_EQ(world_.live("orders"), "b_1 kept_1");
    EXPECT_EQ(world_.registry(shop_, "orders"), "kept_1");
    expect_truth(world_, again);
}

TEST_F(RestorationsTest, AHiddenOneIsShownAgain) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    const SyncId id = drop_all(index::DropMode::hide);
    EXPECT_TRUE(live("a_1").options.contains("hidden"));
    const SyncId again = restored(id);
    EXPECT_EQ(world_.records(again), "modify a_1 completed");
    EXPECT_FALSE(live("a_1").options.contains("hidden"));
    EXPECT_EQ(world_.server.writes(), Calls{"modify orders a_1"});
}

TEST_F(RestorationsTest, AHiddenOneThatIsGoneIsBuilt) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    const SyncId id = drop_all(index::DropMode::hide);
    std::erase_if(world_.server.collection("shop", "orders").indexes,
                  [](const index::LiveIndex& one) { return one.spec.name == "a_1"; });
    EXPECT_EQ(world_.records(restored(id)), "create a_1 completed");
    EXPECT_FALSE(live("a_1").options.contains("hidden"));
}

TEST_F(RestorationsTest, WhatIsThereAlreadyIsLeftAlone) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    const SyncId id = drop_all();
    world_.seed("orders", spec_of(R"({"a":1})"));
    const SyncId again = restored(id);
    EXPECT_EQ(world_.sync(again).status, SyncStatus::completed);
    EXPECT_EQ(world_.sync(again).total_tasks, 0);
    EXPECT_EQ(world_.server.writes(), Calls{});
}

TEST_F(RestorationsTest, NothingToRestoreIsNamed) {
    const SyncId id = drop_all();
    EXPECT_TRUE(names_field(restore(id), "sync_id"));
    const auto unknown = restore(id, IndexPlace{"orders", "a_1"});
    EXPECT_TRUE(names_field(unknown, "collection"));
    EXPECT_TRUE(names_field(unknown, "index"));
    EXPECT_TRUE(names_field(restore(id, IndexPlace{"orders", "kept_1"}), "index"));
    EXPECT_EQ(outcome(restore(SyncId::generate())), "not_found");
}

TEST_F(RestorationsTest, AReplacedOneStaysReplaced) {
    world_.define(shop_, "orders", spec_of(R"({"new":1})", "{}", "c"));
    world_.seed("orders", spec_of(R"({"old":1})", "{}", "c"));
    const SyncId id = drop_all();
    EXPECT_TRUE(names_field(restore(id), "sync_id"));
    EXPECT_TRUE(names_field(restore(id, IndexPlace{"orders", "c"}), "index"));
}

TEST_F(RestorationsTest, AReplacementThatWasLostComesBack) {
    world_.define(shop_, "orders", spec_of(R"({"new":1})", "{}", "c"));
    world_.seed("orders", spec_of(R"({"old":1})", "{}", "c"));
    world_.server.faults.fail_all("create orders c", disk_is_full);
    const SyncId id = drop_all();
    EXPECT_EQ(world_.records(id),
              "create kept_1 completed; drop c completed; create c failed; create c failed");
    world_.server.faults.heal();
    EXPECT_EQ(world_.records(restored(id)), "create c completed");
    EXPECT_TRUE(live("c").key.contains("old"));
}

TEST_F(RestorationsTest, OneSyncAtATime) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    const SyncId id = drop_all();
    const SyncId running = world_.submit(shop_);
    EXPECT_EQ(outcome(restore(id)), "sync_active");
    EXPECT_EQ(outcome(restore(running)), "sync_active");
    world_.work();
    world_.server.faults.fail_call(1, {{ErrorCode::target_unreachable, "down"}}, "probe");
    EXPECT_EQ(outcome(restore(id)), "target_unreachable");
    EXPECT_EQ(outcome(restore(id)), ok);
}

TEST_F(RestorationsTest, AFailedRestorationSaysWhatIsLeftAndIsTriedAgain) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    const SyncId id = drop_all();
    world_.server.faults.fail_all("create", disk_is_full);
    const SyncId failed = restored(id);
    EXPECT_EQ(world_.sync(failed).status, SyncStatus::failed);
    EXPECT_NE(world_.sync(failed).error.find("orders.a_1 is not restored"), std::string::npos);
    world_.server.faults.heal();
    const auto again = world_.syncs.retry({.sync = failed});
    ASSERT_EQ(outcome(again), ok);
    world_.work();
    EXPECT_EQ(world_.records(*again), "create a_1 completed");
    EXPECT_EQ(world_.sync(*again).restoration->of, id);
}

TEST_F(RestorationsTest, AnotherIndexInItsPlaceIsNotTouched) {
    world_.seed("orders", spec_of(R"({"a":1})", "{}", "mine"));
    const SyncId id = drop_all();
    world_.seed("orders", spec_of(R"({"other":1})", "{}", "mine"));
    const SyncId again = restored(id);
    EXPECT_EQ(world_.sync(again).status, SyncStatus::failed);
    EXPECT_EQ(world_.sync(again).records.at(0).error->code, 86);
    EXPECT_TRUE(live("mine").key.contains("other"));
}

TEST_F(RestorationsTest, ATakeoverGoesOn) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"b":1})"));
    const SyncId id = drop_all();
    const SyncId again = restore(id).value();
    fakes::FakeStopSignal signal;
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call.starts_with("create")) signal.lost = true;
    };
    EXPECT_EQ(world_.work(signal), RunOutcome::lost);
    world_.server.faults.on_call = nullptr;
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(again).status, SyncStatus::completed) << world_.sync(again).error;
    EXPECT_EQ(world_.live("orders"), "a_1 b_1 kept_1");
    expect_truth(world_, again);
}

}  // namespace
}  // namespace mim::app
