// Long builds: stopped, cancelled, left behind by a worker that vanished.
#include <atomic>

#include <gtest/gtest.h>

#include "sync_truth.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

using Calls = std::vector<std::string>;

class RunSyncBuilds : public ::testing::Test {
  protected:
    void SetUp() override { world_.define(shop_, "orders", spec_of(R"({"a":1})")); }
    // As a worker would that was killed while its record said "running".
    void vanish_while_running() {
        const auto lease = world_.store.queue().lease("vanished", std::chrono::milliseconds{1}).value();
        ASSERT_TRUE(world_.store.progress().claim(lease->sync, lease->fence, world_.clock.now()));
        if (lease->earlier == Lease::Earlier::vanished) {
            ASSERT_TRUE(world_.store.progress().count_takeover(
                lease->sync, lease->fence, world_.limits.cost_of_a_death, world_.clock.now()));
        }
        SyncRecord record;
        record.collection = "orders";
        record.index = "a_1";
        record.definition = spec_of(R"({"a":1})").to_document();
        record.status = RecordStatus::running;
        SyncRecord waiting = record;
        waiting.index = "b_1";
        waiting.status = RecordStatus::pending;
        ASSERT_TRUE(
            world_.store.progress().plan(lease->sync, lease->fence, {record, waiting}, world_.clock.now()));
        world_.clock.advance(std::chrono::milliseconds{1});
    }
    // Sets it in the middle of the build.
    void set_while_building(std::atomic<bool>& flag) {
        world_.server.faults.on_call = [&flag](const std::string& call) {
            if (call.starts_with("create")) flag = true;
        };
    }
    index::LiveIndex& live_index() { return world_.server.collection("shop", "orders").indexes.at(1); }

    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(RunSyncBuilds, ACancelEndsTheBuild) {
    const SyncId id = world_.submit(shop_);
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call.starts_with("create")) {
            EXPECT_TRUE(world_.syncs.cancel(id));
        }
    };
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::cancelled);
    EXPECT_EQ(world_.records(id), "create a_1 cancelled");
    EXPECT_EQ(world_.live("orders"), "no such collection");
    expect_truth(world_, id);
}

TEST_F(RunSyncBuilds, AStopLeavesTheBuildToTheServerAndTheNextWorkerJoinsIt) {
    const SyncId id = world_.submit(shop_);
    fakes::FakeStopSignal signal;
    set_while_building(signal.stop);
    EXPECT_EQ(world_.work(signal), RunOutcome::hand_back);
    EXPECT_EQ(world_.records(id), "create a_1 running");
    EXPECT_EQ(live_index().state, index::LiveIndex::State::building);
    world_.server.faults.on_call = nullptr;
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(live_index().state, index::LiveIndex::State::ready);
    expect_truth(world_, id);
}

// Whoever took over has joined the build: ending it would make that one's sync fail.
TEST_F(RunSyncBuilds, WhoLosesTheLeaseLeavesTheBuildToWhoTookOver) {
    const SyncId id = world_.submit(shop_);
    fakes::FakeStopSignal signal;
    set_while_building(signal.lost);
    EXPECT_EQ(world_.work(signal), RunOutcome::lost);
    EXPECT_EQ(live_index().state, index::LiveIndex::State::building);
    world_.server.faults.on_call = nullptr;
    world_.clock.advance(std::chrono::hours{1});
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(live_index().state, index::LiveIndex::State::ready);
    expect_truth(world_, id);
}

// The answer to createIndexes is lost while the build goes on, and the cancel comes in that moment.
class RunSyncLostBuilds : public RunSyncBuilds {
  protected:
    void SetUp() override {
        RunSyncBuilds::SetUp();
        id_ = world_.submit(shop_);
        world_.server.faults.fail_call(1, {answer_lost_}, "create");
        world_.server.faults.on_call = [this](const std::string& call) {
            if (!call.starts_with("create") || began_) return;
            began_ = true;
            EXPECT_TRUE(world_.syncs.cancel(id_));
            world_.seed("orders", spec_of(R"({"a":1})"));
            live_index().state = index::LiveIndex::State::building;
        };
    }
    const Error answer_lost_{ErrorCode::target_outcome_unknown, "The connection broke"};
    SyncId id_ = SyncId::generate();
    bool began_ = false;
};

TEST_F(RunSyncLostBuilds, AreEnded) {
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id_).status, SyncStatus::cancelled);
    EXPECT_EQ(world_.records(id_), "create a_1 cancelled");
    EXPECT_EQ(world_.live("orders"), "");
}

TEST_F(RunSyncLostBuilds, ThatCannotBeEndedAreToldOf) {
    world_.server.faults.fail_call(1, {answer_lost_}, "end");
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id_).status, SyncStatus::cancelled);
    EXPECT_EQ(world_.records(id_), "create a_1 failed");
    EXPECT_NE(world_.sync(id_).records[0].error->message.find("may go on"), std::string::npos);
    EXPECT_EQ(world_.live("orders"), "a_1");
}

TEST_F(RunSyncBuilds, AStoreThatIsAwayDoesNotEndABuild) {
    const SyncId id = world_.submit(shop_);
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call.starts_with("create")) {
            world_.store.faults().fail_call(1, {{ErrorCode::store_failed, "away"}}, "progress.signal");
        }
    };
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
}

TEST_F(RunSyncBuilds, WhatAVanishedWorkerBuiltIsRecorded) {
    const SyncId id = world_.submit(shop_);
    vanish_while_running();
    world_.seed("orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed);
    EXPECT_EQ(world_.server.writes(), Calls{});
}

TEST_F(RunSyncBuilds, WhatAVanishedWorkerDidNotBuildIsBuilt) {
    const SyncId id = world_.submit(shop_);
    vanish_while_running();
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(world_.server.writes(), Calls{"create orders a_1"});
}

TEST_F(RunSyncBuilds, ABuildThatOutlivedItsWorkerIsJoined) {
    const SyncId id = world_.submit(shop_);
    vanish_while_running();
    world_.seed("orders", spec_of(R"({"a":1})"));
    live_index().state = index::LiveIndex::State::building;
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(world_.server.writes(), Calls{"create orders a_1"});  // MongoDB waits for the build that runs
    EXPECT_EQ(live_index().state, index::LiveIndex::State::ready);
    expect_truth(world_, id);
}

TEST_F(RunSyncBuilds, ACancelAfterATakeoverEndsTheBuildThatGoesOn) {
    const SyncId id = world_.submit(shop_);
    vanish_while_running();
    world_.seed("orders", spec_of(R"({"a":1})"));
    live_index().state = index::LiveIndex::State::building;
    ASSERT_TRUE(world_.syncs.cancel(id));
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 cancelled; create b_1 cancelled");
    EXPECT_EQ(world_.live("orders"), "");
    EXPECT_EQ(world_.sync(id).status, SyncStatus::cancelled);
}

// MongoDB ends a build as a whole: all that one createIndexes began must be named.
TEST_F(RunSyncBuilds, ACancelAfterATakeoverEndsABuildOfSeveral) {
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    const SyncId id = world_.submit(shop_);
    fakes::FakeStopSignal signal;
    set_while_building(signal.stop);
    EXPECT_EQ(world_.work(signal), RunOutcome::hand_back);
    EXPECT_EQ(world_.records(id), "create a_1 running; create b_1 running");
    world_.server.faults.on_call = nullptr;
    ASSERT_TRUE(world_.syncs.cancel(id));
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 cancelled; create b_1 cancelled");
    EXPECT_EQ(world_.live("orders"), "");
    expect_truth(world_, id);
}

// The deadline is one for all tries.
TEST_F(RunSyncBuilds, ABuildBeyondItsDeadlineIsNotBegunAgain) {
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    world_.limits.build_deadline = std::chrono::milliseconds{0};
    world_.server.faults.fail_all("create", {ErrorCode::target_timeout, "took too long and was ended"});
    const SyncId id = world_.submit(shop_);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.server.writes(), Calls{"create orders a_1,b_1"});
    EXPECT_EQ(world_.records(id), "create a_1 failed; create b_1 failed");
    expect_truth(world_, id);
}

TEST_F(RunSyncBuilds, ABuildWhoseEndNobodyToldIsEndedAtItsDeadline) {
    world_.limits.build_deadline = std::chrono::milliseconds{0};
    world_.server.faults.fail_all("create", {ErrorCode::target_outcome_unknown, "The connection broke"});
    world_.server.faults.on_call = [this](const std::string& call) {
        if (!call.starts_with("create")) return;
        world_.seed("orders", spec_of(R"({"a":1})"));
        live_index().state = index::LiveIndex::State::building;
    };
    const SyncId id = world_.submit(shop_);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 failed");
    EXPECT_EQ(world_.live("orders"), "");
}

// Both may still be built: neither is "not tried".
TEST_F(RunSyncBuilds, ABatchWhoseAnswerIsLostIsToldOfAsAWhole) {
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    const SyncId id = world_.submit(shop_);
    const Error broke{ErrorCode::target_outcome_unknown, "The connection broke"};
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call.starts_with("create")) world_.server.faults.fail_all("", broke);
    };
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 failed; create b_1 failed");
}

// The call was not sent, so what is being built is somebody else's.
TEST_F(RunSyncBuilds, ACancelLeavesTheBuildOfSomebodyElseAlone) {
    const SyncId id = world_.submit(shop_);
    world_.server.faults.fail_call(1, {{ErrorCode::target_unreachable, "nobody there"}}, "create");
    world_.server.faults.on_call = [&](const std::string& call) {
        if (!call.starts_with("create")) return;
        EXPECT_TRUE(world_.syncs.cancel(id));
        world_.seed("orders", spec_of(R"({"a":1})"));
        live_index().state = index::LiveIndex::State::building;
    };
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 cancelled");
    EXPECT_EQ(world_.live("orders"), "a_1");
}

// A standalone lists what it builds like what is ready, and this account may not ask it for more.
class RunSyncUnknownReadiness : public RunSyncBuilds {
  protected:
    // A build of a_1, which an earlier command began.
    void begin_build() {
        world_.seed("orders", spec_of(R"({"a":1})"));
        live_index().state = index::LiveIndex::State::building;
        world_.server.collection("shop", "orders").readiness_unknown = reason_;
    }
    // It begins with the first createIndexes, whose answer is lost.
    void lose_the_answer(const std::function<void()>& then = [] {}) {
        world_.server.faults.fail_call(1, {answer_lost_}, "create");
        world_.server.faults.on_call = [this, then](const std::string& call) {
            if (!call.starts_with("create") || began_) return;
            began_ = true;
            begin_build();
            then();
        };
    }
    std::string message_of_record(const SyncId& id) { return world_.sync(id).records.at(0).error->message; }

    const std::string reason_ = "that needs the privilege collStats";
    const Error answer_lost_{ErrorCode::target_outcome_unknown, "The connection broke"};
    bool began_ = false;
};

TEST_F(RunSyncUnknownReadiness, ALostAnswerIsSettledByAskingAgain) {
    const SyncId id = world_.submit(shop_);
    lose_the_answer();
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(world_.server.writes(), (Calls{"create orders a_1", "create orders a_1"}));
    EXPECT_EQ(live_index().state, index::LiveIndex::State::ready);
    expect_truth(world_, id);
}

TEST_F(RunSyncUnknownReadiness, ACancelledBuildMayGoOn) {
    const SyncId id = world_.submit(shop_);
    lose_the_answer([&] { EXPECT_TRUE(world_.syncs.cancel(id)); });
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::cancelled);
    EXPECT_EQ(world_.records(id), "create a_1 failed");
    EXPECT_NE(message_of_record(id).find("may go on"), std::string::npos) << message_of_record(id);
    EXPECT_NE(message_of_record(id).find(reason_), std::string::npos) << message_of_record(id);
    EXPECT_EQ(world_.live("orders"), "a_1");
}

TEST_F(RunSyncUnknownReadiness, ABuildBeyondItsDeadlineMayGoOn) {
    world_.limits.build_deadline = std::chrono::milliseconds{0};
    world_.server.faults.fail_all("create", answer_lost_);
    world_.server.faults.on_call = [this](const std::string& call) {
        if (call.starts_with("create")) begin_build();
    };
    const SyncId id = world_.submit(shop_);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
    EXPECT_EQ(world_.records(id), "create a_1 failed");
    EXPECT_NE(message_of_record(id).find("may go on"), std::string::npos) << message_of_record(id);
    EXPECT_NE(message_of_record(id).find(reason_), std::string::npos) << message_of_record(id);
}

TEST_F(RunSyncUnknownReadiness, WhatAVanishedWorkerBeganIsJoined) {
    const SyncId id = world_.submit(shop_);
    vanish_while_running();
    begin_build();
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(world_.server.writes(), Calls{"create orders a_1"});
    EXPECT_EQ(live_index().state, index::LiveIndex::State::ready);
    expect_truth(world_, id);
}

class CountingUnknownReadiness final : public Logger {
  public:
    void write(LogLevel, std::string_view event, std::initializer_list<LogField>) override {
        if (event == "sync_readiness_unknown") ++told;
    }
    int told = 0;
};

TEST_F(RunSyncUnknownReadiness, OfWhatWasThereBeforeIsToldInTheLog) {
    CountingUnknownReadiness log;
    world_.log = &log;
    begin_build();
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    const SyncId id = world_.submit(shop_);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "create b_1 completed");
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed);
    EXPECT_EQ(log.told, 1);
}

TEST_F(RunSyncUnknownReadiness, OfWhatItBuiltItselfIsNoQuestion) {
    CountingUnknownReadiness log;
    world_.log = &log;
    const SyncId id = world_.submit(shop_);
    lose_the_answer();
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed);
    EXPECT_EQ(log.told, 0);
}

TEST_F(RunSyncBuilds, ASyncThatNoWorkerSurvivesIsGivenUp) {
    const SyncId id = world_.submit(shop_);
    for (int time = 0; time < 2; ++time) vanish_while_running();
    EXPECT_EQ(world_.work(), RunOutcome::given_up);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
    EXPECT_NE(world_.sync(id).error.find("Given up"), std::string::npos);
    EXPECT_EQ(world_.records(id), "create a_1 failed; create b_1 skipped");
    EXPECT_EQ(world_.server.writes(), Calls{});
    EXPECT_EQ(world_.run(shop_), "completed");
}

TEST_F(RunSyncBuilds, ACancelBetweenDropAndBuildTellsWhichIndexIsGone) {
    world_.define(shop_, "people", spec_of(R"({"new":1})", "{}", "c"));
    world_.seed("people", spec_of(R"({"old":1})", "{}", "c"));
    const SyncId id = world_.submit(shop_, {}, {{"people"}});
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call.starts_with("drop")) {
            EXPECT_TRUE(world_.syncs.cancel(id));
        }
    };
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.records(id), "drop c completed; create c cancelled");
    EXPECT_NE(world_.sync(id).error.find("Dropped and not built again: people.c"), std::string::npos);
}

TEST_F(RunSyncBuilds, AFinishedOrForeignSyncIsLeftAlone) {
    world_.submit(shop_);
    const auto lease = world_.store.queue().lease("w1", std::chrono::milliseconds{1'000}).value();
    ASSERT_TRUE(world_.store.progress().claim(lease->sync, lease->fence + 1, world_.clock.now()));
    const RunPorts ports{.users = world_.store.users(),
                         .databases = world_.store.databases(),
                         .definitions = world_.store.definitions(),
                         .progress = world_.store.progress(),
                         .targets = world_.targets,
                         .clock = world_.clock,
                         .log = silent_logger(),
                         .pause = world_.pause};
    const fakes::FakeStopSignal calm;
    EXPECT_EQ(run_sync(*lease, ports, {}, calm), RunOutcome::lost);
    EXPECT_EQ(world_.server.writes(), Calls{});
}

}  // namespace
}  // namespace mim::app
