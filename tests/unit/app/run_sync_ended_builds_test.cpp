// Builds that somebody ended, collections that somebody dropped, and a primary that is one no longer.
#include <gtest/gtest.h>

#include "sync_truth.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

using Calls = std::vector<std::string>;

Error answered(int code, const std::string& name, const std::string& words) {
    return {ErrorCode::target_refused, "createIndexes: " + words, ServerReply{code, name, words}};
}
const Error build_aborted =
    answered(276, "IndexBuildAborted", "Index build failed: operation was interrupted");
const Error build_killed = answered(11601, "Interrupted", "operation was interrupted");
const Error not_writable = answered(10107, "NotWritablePrimary", "not primary");
const Error stepping_down{ErrorCode::target_outcome_unknown, "createIndexes: operation was interrupted",
                          ServerReply{11602, "InterruptedDueToReplStateChange", "operation was interrupted"}};

class RunSyncEndedBuilds : public ::testing::Test {
  protected:
    void SetUp() override {
        world_.define(shop_, "orders", spec_of(R"({"a":1})"));
        world_.seed("orders", spec_of(R"({"kept":1})"));
    }
    SyncId run(const SyncOptions& options = {}) {
        SyncOptions leaving = options;
        leaving.extra = index::ExtraChoice::leave;
        const SyncId id = world_.submit(shop_, leaving);
        EXPECT_EQ(world_.work(), RunOutcome::finished);
        return id;
    }
    // At the first createIndexes.
    void at_the_build(const std::function<void()>& happens) {
        world_.server.faults.on_call = [this, happens](const std::string& call) {
            if (call.starts_with("create") && !std::exchange(happened_, true)) happens();
        };
    }
    void drop_collection(const std::string& name) { world_.server.database("shop").erase(name); }
    std::string message_of_record(const SyncId& id, std::size_t number = 0) {
        return world_.sync(id).records.at(number).error->message;
    }
    // The server builds a_1 for a command that has no answer yet.
    void begin_build() {
        world_.seed("orders", spec_of(R"({"a":1})"));
        building_index().state = index::LiveIndex::State::building;
    }
    index::LiveIndex& building_index() { return world_.server.collection("shop", "orders").indexes.back(); }

    World world_;
    DatabaseId shop_ = world_.add_database();
    bool happened_ = false;
};

TEST_F(RunSyncEndedBuilds, ABuildThatSomebodyEndedIsNotBegunAgain) {
    for (const Error& ended : {build_aborted, build_killed}) {
        world_.server.faults.heal();
        world_.server.faults.forget_calls();
        world_.server.faults.fail_all("create", ended);
        const SyncId id = run();
        EXPECT_EQ(world_.server.writes(), Calls{"create orders a_1"});
        EXPECT_EQ(world_.sync(id).records.at(0).error->code, ended.server->code);
        EXPECT_NE(message_of_record(id).find("was not begun again"), std::string::npos);
        EXPECT_NE(message_of_record(id).find(ended.server->message), std::string::npos);
        EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
        expect_truth(world_, id);
    }
}

TEST_F(RunSyncEndedBuilds, NoIndexOfItIsTriedAlone) {
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    world_.server.faults.fail_all("create", build_aborted);
    const SyncId id = run();
    EXPECT_EQ(world_.server.writes(), Calls{"create orders a_1,b_1"});
    EXPECT_EQ(world_.records(id), "create a_1 failed; create b_1 failed");
    EXPECT_NE(message_of_record(id, 1).find("was not begun again"), std::string::npos);
}

// Better the old index than none.
TEST_F(RunSyncEndedBuilds, TheIndexThatWasDroppedForItComesBack) {
    world_.define(shop_, "people", spec_of(R"({"new":1})", "{}", "c"));
    world_.seed("people", spec_of(R"({"old":1})", "{}", "c"));
    world_.server.faults.fail_call(1, {build_aborted}, "create people");
    const SyncId id = run();
    EXPECT_EQ(world_.records(id),
              "create a_1 completed; drop c completed; create c failed; create c completed");
}

TEST_F(RunSyncEndedBuilds, ABuildOfAnEarlierWorkerThatWasEndedIsNotBegunAgain) {
    const SyncId id = world_.submit(shop_);
    const auto lease = world_.store.queue().lease("vanished", std::chrono::milliseconds{1}).value();
    ASSERT_TRUE(world_.store.progress().claim(lease->sync, lease->fence, world_.clock.now()));
    SyncRecord record;
    record.collection = "orders";
    record.index = "a_1";
    record.definition = spec_of(R"({"a":1})").to_document();
    record.status = RecordStatus::running;
    ASSERT_TRUE(world_.store.progress().plan(lease->sync, lease->fence, {record}, world_.clock.now()));
    world_.clock.advance(std::chrono::milliseconds{1});
    begin_build();
    at_the_build([this] { world_.server.collection("shop", "orders").indexes.pop_back(); });
    world_.server.faults.fail_all("create", build_aborted);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.server.writes(), Calls{"create orders a_1"});
    EXPECT_EQ(world_.records(id), "create a_1 failed");
    EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
    EXPECT_NE(world_.sync(id).error.find("Nothing more was done"), std::string::npos)
        << world_.sync(id).error;
}

TEST_F(RunSyncEndedBuilds, ACollectionThatWasDroppedMeanwhileIsNotMadeAnew) {
    const Error drop_pending = answered(215, "DatabaseDropPending", "the database is being dropped");
    for (const Error& ended : {build_aborted, drop_pending}) {
        World& world = world_;
        world.server.faults.heal();
        world.server.faults.forget_calls();
        happened_ = false;
        if (world.live("orders") == "no such collection") world.seed("orders", spec_of(R"({"kept":1})"));
        at_the_build([this] { drop_collection("orders"); });
        world.server.faults.fail_call(1, {ended}, "create");
        const SyncId id = run();
        EXPECT_EQ(world.live("orders"), "no such collection") << ended.server->name;
        EXPECT_EQ(world.server.writes(), Calls{"create orders a_1"}) << ended.server->name;
        EXPECT_EQ(world.records(id), "create a_1 failed");
        EXPECT_EQ(world.sync(id).status, SyncStatus::failed);
    }
}

TEST_F(RunSyncEndedBuilds, ACollectionThatWasDroppedBeforeItsTurnIsNotMadeAnew) {
    world_.define(shop_, "people", spec_of(R"({"b":1})"));
    world_.define(shop_, "people", spec_of(R"({"c":1})"));
    world_.seed("people", spec_of(R"({"kept":1})"));
    at_the_build([this] { drop_collection("people"); });
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 completed; create b_1 failed; create c_1 failed");
    EXPECT_NE(message_of_record(id, 1).find("people was dropped since the plan"), std::string::npos);
    EXPECT_EQ(world_.live("people"), "no such collection");
    EXPECT_EQ(world_.server.writes(), Calls{"create orders a_1"});
    expect_truth(world_, id);
}

TEST_F(RunSyncEndedBuilds, NorIsItMadeAnewForTheIndexThatWasDroppedBefore) {
    world_.define(shop_, "people", spec_of(R"({"new":1})", "{}", "c"));
    world_.seed("people", spec_of(R"({"old":1})", "{}", "c"));
    world_.server.faults.on_call = [this](const std::string& call) {
        if (call.starts_with("create people")) drop_collection("people");
    };
    world_.server.faults.fail_call(1, {build_aborted}, "create people");
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 completed; drop c completed; create c failed; create c failed");
    EXPECT_EQ(world_.live("people"), "no such collection");
}

// The primary stepped down in the middle of the build, which goes on, and the connection leads to that member
// alone.
class RunSyncStepDown : public RunSyncEndedBuilds {
  protected:
    void step_down_while_building(const std::function<void(int)>& at_call) {
        world_.server.faults.fail_call(1, {stepping_down}, "create");
        world_.server.faults.fail_all("create", not_writable);
        world_.server.faults.on_call = [this, at_call](const std::string& call) {
            if (!call.starts_with("create")) return;
            if (++calls_ == 1) begin_build();
            at_call(calls_);
        };
    }
    int calls_ = 0;
};

TEST_F(RunSyncStepDown, IsLookedAtBeforeTheVerdict) {
    step_down_while_building([this](int call) {
        if (call == 3 * world_.limits.max_tries) building_index().state = index::LiveIndex::State::ready;
    });
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 completed");
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed) << world_.sync(id).error;
    expect_truth(world_, id);
}

TEST_F(RunSyncStepDown, ACancelMeanwhileTellsThatTheBuildMayGoOn) {
    SyncId id = SyncId::generate();
    step_down_while_building([&](int call) {
        if (call == 3) {
            EXPECT_TRUE(world_.syncs.cancel(id));
        }
    });
    world_.server.faults.fail_all("end", not_writable);
    id = world_.submit(shop_);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::cancelled);
    EXPECT_NE(message_of_record(id).find("may go on"), std::string::npos) << message_of_record(id);
}

TEST_F(RunSyncStepDown, ABuildThatDidNotGoOnIsTriedSoOftenAsOthers) {
    step_down_while_building([this](int call) {
        if (call == 2) world_.server.collection("shop", "orders").indexes.pop_back();
    });
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 failed");
    EXPECT_EQ(calls_, world_.limits.max_tries + 1) << "the first left a build behind";
    EXPECT_EQ(world_.sync(id).records.at(0).error->code, 10107);
    EXPECT_NE(message_of_record(id).find("is not the primary now"), std::string::npos)
        << message_of_record(id);
    EXPECT_NE(message_of_record(id).find("directConnection"), std::string::npos) << message_of_record(id);
}

TEST_F(RunSyncEndedBuilds, AFailureThatLeftNothingToDoSaysSo) {
    at_the_build([this] { world_.seed("orders", spec_of(R"({"a":1})")); });
    world_.server.faults.fail_all("create", answered(14031, "OutOfDiskSpace", "no space"));
    const SyncId id = run();
    EXPECT_EQ(world_.records(id), "create a_1 failed");
    EXPECT_EQ(world_.sync(id).error,
              "1 of 1 operation failed: create orders.a_1: 14031 OutOfDiskSpace: no space. "
              "Nothing is left to do: the indexes are as this sync wants them");
}

TEST_F(RunSyncEndedBuilds, NotWhereNobodyCanTellWhetherAnIndexIsReady) {
    at_the_build([this] {
        world_.seed("orders", spec_of(R"({"a":1})"));
        world_.server.collection("shop", "orders").readiness_unknown = "that needs a privilege";
    });
    world_.server.faults.fail_all("create", answered(14031, "OutOfDiskSpace", "no space"));
    EXPECT_EQ(world_.sync(run()).error.find("Nothing is left"), std::string::npos);
}

}  // namespace
}  // namespace mim::app
