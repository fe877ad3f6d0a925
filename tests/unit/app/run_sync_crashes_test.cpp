// A worker that vanishes in the middle of a replacement: whoever takes over ends with the new index or the
// old one, never with neither.
#include <gtest/gtest.h>

#include "app/sync_run/records.hpp"
#include "sync_truth.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

const Error no_space{ErrorCode::target_refused, "no space", {14031, "OutOfDiskSpace", "no space"}};

// The index c has another key in the registry: it is dropped, and built anew, unless `new` is refused.
class Recreation {
  public:
    enum class Server { takes_both, refuses_new };

    explicit Recreation(Server server, const SyncOptions& options = {}) {
        world.limits.most_cost = 54;  // what a takeover does, however often there is one
        world.define(shop, "orders", spec_of(R"({"new":1})", "{}", "c"));
        world.seed("orders", spec_of(R"({"old":1})", R"({"sparse":true})", "c"));
        if (server == Server::refuses_new) {
            world.server.refuses_build = [](const index::Spec& spec) -> std::optional<Error> {
                if (spec.key.contains("new")) return no_space;
                return std::nullopt;
            };
        }
        sync = world.submit(shop, options);
        world.server.faults.forget_calls();
        world.store.faults().forget_calls();
    }
    std::string key_of_c() {
        std::string found = "neither";
        for (const index::LiveIndex& live : world.server.collection("shop", "orders").indexes) {
            if (live.spec.name == "c") found = live.spec.key.contains("new") ? "new" : "old";
        }
        return found;
    }
    // The process is gone at the begin of the `number`-th call to the target or the store: the call itself
    // may still take effect, nothing after it is done or written.
    void crash_at(std::size_t number) {
        const auto count = std::make_shared<std::size_t>(0);
        fakes::FakeStopSignal gone;
        const auto look = [&gone, count, number](const std::string&) {
            if (++*count == number) gone.lost = true;
        };
        world.server.faults.on_call = look;
        world.store.faults().on_call = look;
        outcome = world.work(gone);
        world.server.faults.on_call = nullptr;
        world.store.faults().on_call = nullptr;
    }
    void take_over() {
        for (int i = 0; i < 6 && !is_finished(world.sync(sync).status); ++i) world.work();
    }
    World world;
    DatabaseId shop = world.add_database();
    SyncId sync = SyncId::generate();
    RunOutcome outcome = RunOutcome::finished;
};

std::size_t calls_of(Recreation::Server server, const SyncOptions& options) {
    Recreation whole(server, options);
    whole.world.work();
    return whole.world.server.faults.calls().size() + whole.world.store.faults().calls().size();
}

std::vector<SyncOptions> all_choices() {
    SyncOptions leave, forget;
    leave.missing = index::MissingChoice::leave;
    forget.missing = index::MissingChoice::remove_from_registry;
    return {SyncOptions{}, leave, forget};
}

class RunSyncCrashes : public ::testing::TestWithParam<Recreation::Server> {};

TEST_P(RunSyncCrashes, ATakeoverAfterACrashAtAnyCallEndsWithOneOfTheTwo) {
    const std::string wanted = GetParam() == Recreation::Server::takes_both ? "new" : "old";
    int crashes = 0;
    for (const SyncOptions& options : all_choices()) {
        const std::size_t calls = calls_of(GetParam(), options);
        ASSERT_GT(calls, 8U);
        for (std::size_t number = 1; number <= calls; ++number) {
            SCOPED_TRACE("missing " + std::to_string(static_cast<int>(options.missing)) + ", call " +
                         std::to_string(number));
            Recreation one(GetParam(), options);
            one.crash_at(number);
            crashes += one.outcome == RunOutcome::lost ? 1 : 0;
            one.take_over();
            EXPECT_EQ(one.key_of_c(), wanted) << one.world.records(one.sync);
            EXPECT_EQ(one.world.registry(one.shop, "orders"), "c");
            expect_truth(one.world, one.sync);
        }
    }
    EXPECT_GT(crashes, 20);
}

TEST_P(RunSyncCrashes, SoDoesATakeoverAfterTwoCrashes) {
    const std::string wanted = GetParam() == Recreation::Server::takes_both ? "new" : "old";
    const std::size_t calls = calls_of(GetParam(), {});
    for (std::size_t first = 1; first <= calls; ++first) {
        for (std::size_t second = 1; second <= calls; second += 2) {
            SCOPED_TRACE("calls " + std::to_string(first) + " and " + std::to_string(second));
            Recreation one(GetParam());
            one.crash_at(first);
            if (!is_finished(one.world.sync(one.sync).status)) one.crash_at(second);
            one.take_over();
            EXPECT_EQ(one.key_of_c(), wanted) << one.world.records(one.sync);
            expect_truth(one.world, one.sync);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Both, RunSyncCrashes,
                         ::testing::Values(Recreation::Server::takes_both, Recreation::Server::refuses_new));

// The process is gone as soon as the target is asked for its indexes, whoever asks.
class Deadly {
  public:
    explicit Deadly(const std::string& call) {
        world.define(shop, "orders", spec_of(R"({"a":1})"));
        world.define(shop, "people", spec_of(R"({"a":1})"));
        sync = world.submit(shop);
        world.server.faults.on_call = [this, call](const std::string& made) {
            if (made.starts_with(call)) gone.lost = true;
        };
        world.server.faults.fail_all(call, {ErrorCode::target_unreachable, "nobody was there to hear it"});
    }
    RunOutcome work() {
        gone.lost = false;
        return world.work(gone);
    }
    World world;
    DatabaseId shop = world.add_database();
    SyncId sync = SyncId::generate();
    fakes::FakeStopSignal gone;
};

TEST(RunSyncDeaths, WhatEndsTheProcessTwiceIsGivenUpAndTheNextSyncRuns) {
    for (const std::string call : {"read", "create orders"}) {
        SCOPED_TRACE(call);
        Deadly one(call);
        EXPECT_EQ(one.work(), RunOutcome::lost);
        EXPECT_EQ(one.work(), RunOutcome::lost);
        one.world.server.faults.forget_calls();
        EXPECT_EQ(one.work(), RunOutcome::given_up);
        EXPECT_TRUE(one.world.server.faults.calls().empty()) << "the target is not asked again";
        const Sync sync = one.world.sync(one.sync);
        EXPECT_EQ(sync.status, SyncStatus::failed);
        EXPECT_NE(sync.error.find("its run ended the process twice"), std::string::npos);
        for (const SyncRecord& record : sync.records) EXPECT_TRUE(is_final(record.status));
        one.world.server.faults.on_call = nullptr;
        one.world.server.faults.heal();
        EXPECT_EQ(one.world.run(one.shop), "completed");
    }
}

// Giving up closes the records, then the sync: who is lost between the two leaves a sync that goes on.
TEST(RunSyncDeaths, WhatWasClosedAndIsDoneAfterAllIsListedOnce) {
    Deadly one("drop people");
    one.world.seed("people", spec_of(R"({"old":1})"));
    EXPECT_EQ(one.work(), RunOutcome::lost);
    EXPECT_EQ(one.work(), RunOutcome::lost);
    one.world.store.faults().fail_call(1, {{ErrorCode::store_failed, "away"}}, "progress.finish");
    EXPECT_EQ(one.work(), RunOutcome::retry_later);
    EXPECT_EQ(one.world.records(one.sync), "create a_1 completed; create a_1 completed; drop old_1 failed");
    one.world.server.faults.on_call = nullptr;
    one.world.server.faults.heal();
    EXPECT_EQ(one.work(), RunOutcome::finished);
    EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::completed);
    EXPECT_EQ(one.world.records(one.sync),
              "create a_1 completed; create a_1 completed; drop old_1 completed");
    expect_truth(one.world, one.sync);
}

TEST(RunSyncDeaths, AWorkerThatGotItFurtherDoesNotCount) {
    Deadly one("create people");
    EXPECT_EQ(one.work(), RunOutcome::lost);  // after the index of orders was built
    EXPECT_EQ(one.work(), RunOutcome::lost);
    EXPECT_EQ(one.world.sync(one.sync).completed_tasks, 1);
    EXPECT_EQ(one.work(), RunOutcome::given_up);
    EXPECT_EQ(one.world.records(one.sync), "create a_1 completed; create a_1 failed");
}

TEST(RunSyncDeaths, WhoeverGetsItFurtherIsNotCountedHoweverOften) {
    World world;
    const DatabaseId shop = world.add_database();
    constexpr int indexes = 20;
    for (int i = 0; i < indexes; ++i) world.define(shop, "c" + std::to_string(i), spec_of(R"({"a":1})"));
    const SyncId sync = world.submit(shop);
    fakes::FakeStopSignal gone;
    int builds = 0;  // of one process, which is gone at its second
    world.server.faults.on_call = [&](const std::string& made) {
        if (made.starts_with("create") && ++builds == 2) gone.lost = true;
    };
    RunOutcome outcome = RunOutcome::lost;
    int runs = 0;
    for (; outcome == RunOutcome::lost && runs <= indexes; ++runs) {
        gone.lost = false;
        builds = 0;
        outcome = world.work(gone);
    }
    EXPECT_EQ(outcome, RunOutcome::finished);
    EXPECT_GT(runs, 5);
    EXPECT_EQ(world.sync(sync).status, SyncStatus::completed);
}

TEST(RunSyncDeaths, AStoreThatIsAwayCountsForLittle) {
    World world;
    const DatabaseId shop = world.add_database();
    world.define(shop, "orders", spec_of(R"({"a":1})"));
    const SyncId sync = world.submit(shop);
    world.store.faults().fail_all("databases.get", {ErrorCode::not_ready, "away"});
    int runs = 0;
    while (world.work() == RunOutcome::retry_later && runs < 99) ++runs;
    EXPECT_EQ(runs, world.limits.most_cost) << "the first, and one less than may be taken over in vain";
    EXPECT_EQ(world.sync(sync).status, SyncStatus::failed);
    EXPECT_NE(world.sync(sync).error.find("the store or the queue was away"), std::string::npos);
}

TEST(RunSyncDeaths, AHandBackIsNoDeath) {
    Deadly one("none");
    for (int i = 0; i < 4; ++i) {
        one.gone.stop = true;
        EXPECT_EQ(one.world.work(one.gone), RunOutcome::hand_back);
    }
    one.gone.stop = false;
    EXPECT_EQ(one.world.work(one.gone), RunOutcome::finished);
    EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::completed);
}

TEST(RunSyncDeaths, WhatWasDroppedIsGivenUpLater) {
    Recreation one(Recreation::Server::takes_both);
    one.world.limits.most_cost = 12;
    fakes::FakeStopSignal gone;
    one.world.server.faults.on_call = [&](const std::string& call) {
        if (call.starts_with("create")) gone.lost = true;
    };
    one.world.server.faults.fail_all("create", no_space);
    for (int i = 0; i < 3; ++i) {
        gone.lost = false;
        EXPECT_EQ(one.world.work(gone), RunOutcome::lost);
    }
    EXPECT_EQ(one.key_of_c(), "neither");
    one.world.server.faults.on_call = nullptr;
    one.world.server.faults.heal();
    one.take_over();
    EXPECT_EQ(one.key_of_c(), "new");
}

TEST(RunSyncLosses, AServerThatRefusesBothLeavesATrueRecordAndARestoration) {
    Recreation one(Recreation::Server::takes_both);
    one.world.server.refuses_build = [](const index::Spec&) { return std::optional<Error>(no_space); };
    one.world.work();
    EXPECT_EQ(one.key_of_c(), "neither");
    EXPECT_EQ(one.world.records(one.sync), "drop c completed; create c failed; create c failed");
    one.world.server.refuses_build = nullptr;
    ASSERT_TRUE(one.world.syncs.restore({.sync = one.sync}));
    one.world.work();
    EXPECT_EQ(one.key_of_c(), "old");
}

TEST(RunSyncLosses, WhoGivesUpOrIsCancelledNamesWhatIsLost) {
    for (const bool cancels : {false, true}) {
        Recreation one(Recreation::Server::takes_both);
        fakes::FakeStopSignal gone;
        one.world.server.faults.on_call = [&](const std::string& call) {
            if (call.starts_with("create")) gone.lost = true;
        };
        one.world.server.faults.fail_all("create", no_space);
        EXPECT_EQ(one.world.work(gone), RunOutcome::lost);
        one.world.server.faults.on_call = nullptr;
        if (cancels) {
            ASSERT_TRUE(one.world.syncs.cancel(one.sync));
        } else {
            one.world.limits.most_cost = one.world.limits.cost_of_a_death / 2;
        }
        EXPECT_EQ(one.world.work(), cancels ? RunOutcome::finished : RunOutcome::given_up);
        EXPECT_NE(one.world.sync(one.sync).error.find("Dropped and not built again: orders.c"),
                  std::string::npos)
            << one.world.sync(one.sync).error;
    }
}

}  // namespace
}  // namespace mim::app
