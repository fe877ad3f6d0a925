// The run of a sync when the target fails: the records tell the truth, the rest goes on, and the next run
// converges.
#include <gtest/gtest.h>

#include "sync_truth.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

using Calls = std::vector<std::string>;
using fakes::Effect;

const Error unreachable{ErrorCode::target_unreachable, "No server answered"};
const Error answer_lost{ErrorCode::target_outcome_unknown, "The connection broke"};
const Error kept_back{ErrorCode::target_paused, "not tried"};
const Error disk_full{ErrorCode::target_refused, "no space", {14031, "OutOfDiskSpace", "no space"}};
const Error stepped_down{ErrorCode::target_refused, "election", {189, "PrimarySteppedDown", "election"}};
const Error not_allowed{
    ErrorCode::target_not_authorised, "needs dropIndex", {13, "Unauthorized", "needs dropIndex"}};

class RunSyncFailures : public ::testing::Test {
  protected:
    SyncId run() {
        const SyncId id = world_.submit(shop_);
        EXPECT_EQ(world_.work(), RunOutcome::finished);
        return id;
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(RunSyncFailures, OneFailureDoesNotStopTheOthers) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "people", spec_of(R"({"b":1})"));
    world_.seed("people", spec_of(R"({"old":1})"));
    world_.server.faults.fail_call(1, {disk_full}, "create orders");
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 failed; create b_1 completed; drop old_1 completed");
    const Sync sync = world_.sync(id);
    EXPECT_EQ(sync.status, SyncStatus::failed);
    EXPECT_EQ(sync.records[0].error, (ServerReply{14031, "OutOfDiskSpace", "no space"}));
    EXPECT_EQ(sync.error,
              "1 of 3 operations failed: create orders.a_1: 14031 OutOfDiskSpace: no space. "
              "1 difference is left: orders.a_1 is missing");
    EXPECT_EQ(world_.run(shop_), "completed");
}

// What the new index was for may live by the old one until then.
TEST_F(RunSyncFailures, NothingOfACollectionIsGivenUpAfterABuildOfItFailed) {
    for (const index::DropMode mode : {index::DropMode::drop, index::DropMode::hide}) {
        World world;
        const DatabaseId shop = world.add_database();
        world.define(shop, "orders", spec_of(R"({"a":1})"));
        world.define(shop, "people", spec_of(R"({"b":1})"));
        for (const char* collection : {"orders", "people"}) world.seed(collection, spec_of(R"({"old":1})"));
        SyncOptions options;
        options.drop_mode = mode;
        const std::string give_up = mode == index::DropMode::drop ? "drop" : "hide";
        world.server.faults.fail_all("create orders", disk_full);
        const SyncId id = world.submit(shop, options);
        ASSERT_EQ(world.work(), RunOutcome::finished);
        EXPECT_EQ(world.records(id), "create a_1 failed; " + give_up +
                                         " old_1 skipped; create b_1 completed; " + give_up +
                                         " old_1 completed");
        EXPECT_EQ(world.sync(id).records[1].error->message,
                  "held back, because this did not succeed before: create a_1");
        expect_truth(world, id);
        EXPECT_EQ(world.live("orders"), "old_1");
        EXPECT_EQ(world.run(shop), "completed");
        EXPECT_EQ(world.live("orders"), "a_1");
    }
}

TEST_F(RunSyncFailures, UnlessThatIsAskedFor) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"old":1})"));
    world_.server.faults.fail_all("create orders", disk_full);
    SyncOptions options;
    options.on_failure = OnFailure::carry_on;
    const SyncId id = world_.submit(shop_, options);
    ASSERT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 failed; drop old_1 completed");
    expect_truth(world_, id);
}

// A replacement whose turn comes after a failed build is not begun either: the old index stays.
TEST_F(RunSyncFailures, NoReplacementIsBegunAfterABuildFailed) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"k":1})", R"({"sparse":true})", "k"));
    world_.seed("orders", spec_of(R"({"k":-1})", "{}", "k"));
    world_.server.faults.fail_all("create orders a_1", disk_full);
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 failed; drop k skipped; create k skipped");
    expect_truth(world_, id);
}

TEST_F(RunSyncFailures, AFailedBatchIsRepeatedOneByOne) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    world_.define(shop_, "orders", spec_of(R"({"c":1})"));
    world_.server.faults.fail_all("create orders a_1,b_1,c_1", disk_full);
    world_.server.faults.fail_all("create orders b_1", disk_full);
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 completed; create b_1 failed; create c_1 completed");
    EXPECT_EQ(world_.live("orders"), "a_1 c_1");
    EXPECT_EQ(world_.server.writes(), (Calls{"create orders a_1,b_1,c_1", "create orders a_1",
                                             "create orders b_1", "create orders c_1"}));
}

TEST_F(RunSyncFailures, PassingFailuresAreTriedAgainWithGrowingWaits) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_call(1, {stepped_down}, "create");
    world_.server.faults.fail_call(2, {unreachable}, "create");
    const SyncId id = run();
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed) << world_.sync(id).error;
    ASSERT_EQ(world_.pause.waits.size(), 2U);
    EXPECT_GE(world_.pause.waits[0], world_.limits.first_backoff / 2);
    EXPECT_LE(world_.pause.waits[0], world_.limits.first_backoff);
    EXPECT_GE(world_.pause.waits[1], world_.limits.first_backoff);
    EXPECT_LE(world_.pause.waits[1], world_.limits.first_backoff * 2);
}

TEST_F(RunSyncFailures, TriesHaveAnEnd) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_all("create", unreachable);
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 failed");
    EXPECT_EQ(world_.sync(id).records[0].error, (ServerReply{0, "target_unreachable", "No server answered"}));
    EXPECT_EQ(world_.server.writes().size(), static_cast<std::size_t>(world_.limits.max_tries));
}

// The breaker of a target keeps calls back for a while: that is no try, and no reason to give a sync up.
TEST_F(RunSyncFailures, BeingKeptBackIsWaitedFor) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    for (int call = 1; call <= 2 * world_.limits.max_tries; ++call)
        world_.server.faults.fail_call(call, {kept_back}, "create");
    const SyncId id = run();
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed) << world_.sync(id).error;
    EXPECT_EQ(world_.live("orders"), "a_1");
}

TEST_F(RunSyncFailures, BeingKeptBackHasAnEndAndHidesNoFailure) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_call(1, {answer_lost}, "create");
    world_.server.faults.fail_all("create", kept_back);
    const SyncId id = run();
    EXPECT_EQ(world_.sync(id).records[0].error->name, "target_outcome_unknown");
    std::chrono::milliseconds waited{0};
    for (const auto wait : world_.pause.waits) waited += wait;
    EXPECT_GE(waited, world_.limits.most_paused);
}

TEST_F(RunSyncFailures, ARefusalIsNotRepeated) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"old":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_all("drop", not_allowed);
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "drop old_1 failed");
    EXPECT_EQ(world_.server.writes(), Calls{"drop orders old_1"});
    EXPECT_TRUE(world_.pause.waits.empty());
}

TEST_F(RunSyncFailures, ALostAnswerIsSettledByLooking) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":60})"));
    world_.seed("orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":30})"));
    world_.seed("orders", spec_of(R"({"old":1})"));
    for (const char* call : {"create", "drop", "modify"}) {
        world_.server.faults.fail_call(1, {answer_lost, Effect::done}, call);
    }
    const SyncId id = run();
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed) << world_.sync(id).error;
    EXPECT_EQ(world_.server.writes(), (Calls{"modify orders t_1", "create orders a_1", "drop orders old_1"}));
    EXPECT_TRUE(world_.pause.waits.empty());
}

// The index c has other keys than its definition of the same name: it must go before the new one can be
// built.
class RunSyncReplacement : public RunSyncFailures {
  protected:
    void SetUp() override {
        world_.define(shop_, "orders", spec_of(R"({"new":1})", "{}", "c"));
        world_.seed("orders", spec_of(R"({"old":1})", R"({"sparse":true})", "c"));
    }
    std::string key_of_c() {
        for (const index::LiveIndex& live : world_.server.collection("shop", "orders").indexes) {
            if (live.spec.name == "c") return bson::to_json(live.spec.key, bson::JsonForm::relaxed);
        }
        return "none";
    }
};

TEST_F(RunSyncReplacement, IsDroppedAndBuilt) {
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "drop c completed; create c completed");
    EXPECT_NE(key_of_c().find("new"), std::string::npos);
}

TEST_F(RunSyncReplacement, TheOldIndexComesBackWhenTheNewOneFails) {
    world_.server.faults.fail_call(1, {disk_full}, "create");
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "drop c completed; create c failed; create c completed");
    EXPECT_NE(key_of_c().find("old"), std::string::npos);
    EXPECT_TRUE(world_.server.collection("shop", "orders").indexes[1].spec.options.contains("sparse"));
    EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
    EXPECT_EQ(world_.sync(id).total_tasks, 3);
    EXPECT_EQ(world_.sync(id).completed_tasks, 3);
    EXPECT_NE(world_.sync(id).records[2].reason.find("built again"), std::string::npos);
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_NE(key_of_c().find("new"), std::string::npos);
}

TEST_F(RunSyncReplacement, TheRestorationHasATruthOfItsOwn) {
    world_.server.faults.fail_all("create", disk_full);
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "drop c completed; create c failed; create c failed");
    EXPECT_EQ(key_of_c(), "none");
    world_.server.faults.heal();
    EXPECT_EQ(world_.run(shop_), "completed");
}

TEST_F(RunSyncReplacement, IsNotTriedWhenTheDropFailed) {
    world_.server.faults.fail_all("drop", not_allowed);
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "drop c failed; create c skipped");
    EXPECT_NE(world_.sync(id).records[1].error->message.find("drop c"), std::string::npos);
    EXPECT_EQ(world_.server.writes(), Calls{"drop orders c"});
    EXPECT_NE(key_of_c().find("old"), std::string::npos);
    EXPECT_NE(world_.sync(id).error.find("1 of 2 operations failed, 1 skipped"), std::string::npos);
}

TEST_F(RunSyncReplacement, RecordsThatFollowKeepTheirPlaceBehindARestoration) {
    world_.define(shop_, "people", spec_of(R"({"b":1})"));
    world_.server.faults.fail_call(1, {disk_full}, "create orders");
    const SyncId id = run();
    EXPECT_EQ(world_.records(id),
              "drop c completed; create c failed; create c completed; create b_1 completed");
}

TEST_F(RunSyncFailures, AnUnreadableTargetFailsTheSyncWithNothingChanged) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    const SyncId id = world_.submit(shop_);
    world_.server.faults.fail_all("read", unreachable);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
    EXPECT_NE(world_.sync(id).error.find("No server answered"), std::string::npos);
    EXPECT_EQ(world_.server.writes(), Calls{});
    EXPECT_EQ(world_.pause.waits.size(), static_cast<std::size_t>(world_.limits.max_tries - 1));
}

TEST_F(RunSyncFailures, AnUnreadableCollectionIsNamed) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"b":1})"));
    world_.server.collection("shop", "orders").unreadable = not_allowed;
    const SyncId id = world_.submit(shop_);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_NE(world_.sync(id).error.find("Collection orders"), std::string::npos);
    EXPECT_EQ(world_.server.writes(), Calls{});
}

TEST_F(RunSyncFailures, WhatCannotBeVerifiedIsNotCompleted) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_all("read", not_allowed);
    const SyncId id = world_.submit(shop_);
    world_.server.faults.heal();
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call.starts_with("create")) world_.server.faults.fail_all("read", not_allowed);
    };
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
    EXPECT_NE(world_.sync(id).error.find("cannot be verified"), std::string::npos);
}

TEST_F(RunSyncFailures, ADifferenceThatAppearsMeanwhileIsToldAtTheEnd) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call.starts_with("create")) world_.seed("orders", spec_of(R"({"stranger":1})"));
    };
    const SyncId id = run();
    EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
    EXPECT_EQ(world_.sync(id).error,
              "All operations succeeded, yet 1 difference is left: orders.stranger_1 is not in the registry");
}

class RunSyncEdits : public RunSyncFailures, public ::testing::WithParamInterface<const char*> {};

// However late the edit comes: the last call is the change itself.
TEST_P(RunSyncEdits, ARegistryChangeIsWholeAndNeverOverwritesAnEdit) {
    const DefinitionId edited =
        world_.define(shop_, "orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":60})"));
    world_.seed("orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":30})"));
    world_.seed("orders", spec_of(R"({"n":1})"));
    SyncOptions reverse;
    reverse.extra = index::ExtraChoice::import_to_registry;
    reverse.changed = index::ChangedChoice::take_into_registry;
    const SyncId id = world_.submit(shop_, reverse);
    bool done = false;
    world_.store.faults().on_call = [&](const std::string& call) {
        if (call != GetParam() || std::exchange(done, true)) return;
        ASSERT_TRUE(world_.definitions.update(edited, spec_of(R"({"t":1})", R"({"expireAfterSeconds":90})"),
                                              Role::editor));
    };
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    world_.store.faults().on_call = nullptr;
    EXPECT_EQ(world_.records(id), "redefine t_1 failed; define n_1 completed");
    EXPECT_EQ(world_.definitions.get(edited)->spec.options.find("expireAfterSeconds")->integer(), 90);
    EXPECT_EQ(world_.run(shop_, reverse), "completed");
    EXPECT_EQ(world_.definitions.get(edited)->spec.options.find("expireAfterSeconds")->integer(), 30);
}

INSTANTIATE_TEST_SUITE_P(Moments, RunSyncEdits, ::testing::Values("progress.plan", "definitions.change"));

TEST_F(RunSyncFailures, WhatTheRegistryCannotHoldIsLeftOutWithItsReason) {
    world_.server.version = {8, 0};
    world_.define(shop_, "orders", spec_of(R"({"a":1})", "{}", "mine"));
    world_.seed("orders", spec_of(R"({"a":1})", "{}", "theirs"));
    world_.seed("orders", spec_of(R"({"b":1})", "{}", "mine"));
    world_.seed("orders", spec_of(R"({"n":1})"));
    SyncOptions import;
    import.extra = index::ExtraChoice::import_to_registry;
    const SyncId id = world_.submit(shop_, import);
    world_.work();
    EXPECT_EQ(world_.records(id), "define mine failed; define n_1 completed");
    EXPECT_NE(world_.sync(id).records[0].error->message.find("another definition with this name"),
              std::string::npos);
}

}  // namespace
}  // namespace mim::app
