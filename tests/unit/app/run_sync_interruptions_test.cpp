// The run of a sync that is stopped, cancelled, taken over, or shut out: at every single step.
#include <gtest/gtest.h>

#include "sync_truth.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

using fakes::Effect;
using fakes::Faults;

const Error answer_lost{ErrorCode::target_outcome_unknown, "The connection broke"};
const Error disk_full{ErrorCode::target_refused, "no space", {14031, "OutOfDiskSpace", "no space"}};
const Error store_down{ErrorCode::store_failed, "The store does not answer"};

// A drift of every kind: creates in a batch, a change in place, a replacement, and drops, in two collections.
class Interruption {
  public:
    Interruption() {
        world.define(shop, "orders", spec_of(R"({"a":1})"));
        world.define(shop, "orders", spec_of(R"({"b":1})"));
        world.define(shop, "orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":60})"));
        world.define(shop, "orders", spec_of(R"({"new":1})", "{}", "c"));
        world.define(shop, "people", spec_of(R"({"p":1})"));
        world.seed("orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":30})"));
        world.seed("orders", spec_of(R"({"old":1})", "{}", "c"));
        world.seed("people", spec_of(R"({"x":1})"));
        sync = world.submit(shop);
        world.server.faults.forget_calls();
        world.store.faults().forget_calls();
    }
    // Runs until the sync has ended, as the queue would; then once more. Nothing may be left to do then.
    void expect_convergence() {
        world.server.faults.heal();
        world.store.faults().heal();
        world.server.faults.on_call = nullptr;
        world.store.faults().on_call = nullptr;
        for (int i = 0; i < 5 && !is_finished(world.sync(sync).status); ++i) world.work();
        expect_truth(world, sync);
        EXPECT_EQ(world.run(shop), "completed");
        EXPECT_EQ(world.live("orders"), "a_1 b_1 c t_1");
        EXPECT_EQ(world.live("people"), "p_1");
        const auto left = world.comparisons.compare({.database = shop, .collections = std::nullopt});
        for (const auto& one : left->collections) EXPECT_TRUE(one.in_sync()) << one.collection;
    }
    bool is_building(const SyncRecord& record) {
        if (record.action != index::Action::create) return false;
        const auto& all = world.server.database("shop");
        const auto found = all.find(record.collection);
        return found != all.end() && std::any_of(found->second.indexes.begin(), found->second.indexes.end(),
                                                 [&](const index::LiveIndex& live) {
                                                     return live.spec.name == record.index &&
                                                            live.state == index::LiveIndex::State::building;
                                                 });
    }
    World world;
    DatabaseId shop = world.add_database();
    SyncId sync = SyncId::generate();
};

std::size_t calls_to_target() {
    Interruption undisturbed;
    undisturbed.world.work();
    EXPECT_EQ(undisturbed.world.sync(undisturbed.sync).status, SyncStatus::completed);
    return undisturbed.world.server.faults.calls().size();
}

std::size_t calls_to_store() {
    Interruption undisturbed;
    undisturbed.world.work();
    return undisturbed.world.store.faults().calls().size();
}

// Calls `action` at the begin of the `number`-th call.
template <class Action>
std::function<void(const std::string&)> at_call(std::size_t number, Action action) {
    return [number, action, count = std::make_shared<std::size_t>(0)](const std::string&) {
        if (++*count == number) action();
    };
}

TEST(RunSyncInterruptions, EveryCallToTheTargetMayFail) {
    const std::size_t calls = calls_to_target();
    ASSERT_GT(calls, 8U);
    for (const fakes::Fault& fault :
         {fakes::Fault{disk_full}, fakes::Fault{answer_lost}, fakes::Fault{answer_lost, Effect::done}}) {
        for (std::size_t number = 1; number <= calls; ++number) {
            SCOPED_TRACE(fault.error.message + ", call " + std::to_string(number));
            Interruption one;
            one.world.server.faults.fail_call(static_cast<int>(number), fault);
            EXPECT_EQ(one.world.work(), RunOutcome::finished);
            expect_truth(one.world, one.sync);
            one.expect_convergence();
        }
    }
}

TEST(RunSyncInterruptions, EveryCallToTheTargetMayBeTheLast) {
    const std::size_t calls = calls_to_target();
    for (std::size_t number = 1; number <= calls; ++number) {
        SCOPED_TRACE("call " + std::to_string(number));
        Interruption one;
        one.world.server.faults.on_call =
            at_call(number, [&one] { one.world.server.faults.fail_all("", answer_lost); });
        EXPECT_EQ(one.world.work(), RunOutcome::finished);
        EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::failed);
        expect_truth(one.world, one.sync);
        one.expect_convergence();
    }
}

TEST(RunSyncInterruptions, AStopAtEveryCallLeavesATruthfulStateToTheNextWorker) {
    const std::size_t calls = calls_to_target();
    for (std::size_t number = 1; number <= calls; ++number) {
        SCOPED_TRACE("call " + std::to_string(number));
        Interruption one;
        fakes::FakeStopSignal signal;
        one.world.server.faults.on_call = at_call(number, [&] { signal.stop = true; });
        const RunOutcome outcome = one.world.work(signal);
        if (outcome == RunOutcome::hand_back) {
            EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::running);
            for (const SyncRecord& record : one.world.sync(one.sync).records) {
                EXPECT_EQ(record.status == RecordStatus::running, one.is_building(record)) << record.index;
                EXPECT_NE(record.status, RecordStatus::failed) << record.index;
            }
        } else {
            EXPECT_EQ(outcome, RunOutcome::finished);
        }
        one.expect_convergence();
        EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::completed) << one.world.sync(one.sync).error;
    }
}

TEST(RunSyncInterruptions, ACancelAtEveryCallEndsTheSyncTruthfully) {
    const std::size_t calls = calls_to_target();
    int cancelled = 0;
    for (std::size_t number = 1; number <= calls; ++number) {
        SCOPED_TRACE("call " + std::to_string(number));
        Interruption one;
        one.world.server.faults.on_call =
            at_call(number, [&] { EXPECT_TRUE(one.world.syncs.cancel(one.sync)); });
        EXPECT_EQ(one.world.work(), RunOutcome::finished);
        expect_truth(one.world, one.sync);
        if (one.world.sync(one.sync).status == SyncStatus::cancelled) {
            ++cancelled;
            EXPECT_NE(one.world.sync(one.sync).error.find("Cancelled after"), std::string::npos);
        }
        one.expect_convergence();
    }
    EXPECT_GT(cancelled, 5);
}

// A call does its work, or not, and its answer is lost; the look that would tell fails, too; and in that
// moment the run is to end.
class LostAnswer {
  public:
    enum class Silence { of_one_look, of_the_rest };

    LostAnswer(std::size_t number, Effect effect, Silence silence, std::function<void(Interruption&)> end) {
        Faults& faults = one.world.server.faults;
        faults.fail_call(static_cast<int>(number), {answer_lost, effect});
        faults.on_call = at_call(number, [this, &faults, silence, end = std::move(end)] {
            end(one);
            if (silence == Silence::of_one_look) faults.fail_call(2, {answer_lost});
            if (silence == Silence::of_the_rest) faults.fail_all("probe", answer_lost);
        });
    }
    // Whatever is not said to have happened has not.
    void expect_nothing_concealed() {
        for (const SyncRecord& record : one.world.sync(one.sync).records) {
            if (record.status == RecordStatus::completed || record.status == RecordStatus::failed ||
                record.status == RecordStatus::running)
                continue;
            const bool there = one.world.server.has("shop", record.collection, record.index);
            const bool is_drop = record.action == index::Action::drop;
            const bool is_create = record.action == index::Action::create && record.index != "c";
            if (is_drop || is_create) {
                EXPECT_EQ(there, is_drop) << record.index;
            }
        }
    }
    Interruption one;
};

template <class Check>
void lose_every_answer(const std::function<void(Interruption&)>& end, Check check) {
    const std::size_t calls = calls_to_target();
    for (const auto silence : {LostAnswer::Silence::of_one_look, LostAnswer::Silence::of_the_rest}) {
        for (const Effect effect : {Effect::none, Effect::done}) {
            for (std::size_t number = 1; number <= calls; ++number) {
                SCOPED_TRACE("call " + std::to_string(number) + (effect == Effect::done ? ", done" : "") +
                             (silence == LostAnswer::Silence::of_the_rest ? ", then silence" : ""));
                LostAnswer lost(number, effect, silence, end);
                check(lost);
            }
        }
    }
}

TEST(RunSyncInterruptions, AStopWhenAnAnswerIsLostLeavesTheTruthToTheNextWorker) {
    fakes::FakeStopSignal signal;
    lose_every_answer([&](Interruption&) { signal.stop = true; },
                      [&](LostAnswer& lost) {
                          const RunOutcome outcome = lost.one.world.work(signal);
                          signal.stop = false;
                          if (outcome == RunOutcome::hand_back) lost.expect_nothing_concealed();
                          lost.one.expect_convergence();
                          lost.expect_nothing_concealed();
                      });
}

// Also where the sync is not to build what is missing: the replacement was begun.
TEST(RunSyncInterruptions, AReplacementIsFinishedAfterAStopAndALostAnswer) {
    World world;
    const DatabaseId shop = world.add_database();
    world.define(shop, "orders", spec_of(R"({"new":1})", "{}", "c"));
    world.seed("orders", spec_of(R"({"old":1})", "{}", "c"));
    SyncOptions options;
    options.missing = index::MissingChoice::leave;
    const SyncId sync = world.submit(shop, options);
    fakes::FakeStopSignal signal;
    world.server.faults.fail_call(1, {answer_lost, Effect::done}, "drop");
    world.server.faults.on_call = [&](const std::string& call) {
        if (!call.starts_with("drop")) return;
        signal.stop = true;
        world.server.faults.fail_all("probe", answer_lost);
    };
    EXPECT_EQ(world.work(signal), RunOutcome::hand_back);
    EXPECT_EQ(world.records(sync), "drop c running; create c pending");
    world.server.faults.on_call = nullptr;
    world.server.faults.heal();
    EXPECT_EQ(world.work(), RunOutcome::finished);
    EXPECT_EQ(world.sync(sync).status, SyncStatus::completed) << world.sync(sync).error;
    EXPECT_EQ(world.live("orders"), "c");
}

TEST(RunSyncInterruptions, ACancelWhenAnAnswerIsLostConcealsNothing) {
    lose_every_answer([](Interruption& one) { EXPECT_TRUE(one.world.syncs.cancel(one.sync)); },
                      [](LostAnswer& lost) {
                          EXPECT_EQ(lost.one.world.work(), RunOutcome::finished);
                          lost.expect_nothing_concealed();
                          expect_truth(lost.one.world, lost.one.sync);
                          lost.one.expect_convergence();
                      });
}

TEST(RunSyncInterruptions, WhoLosesTheLeaseWritesNothingMore) {
    const std::size_t calls = calls_to_store();
    for (std::size_t number = 1; number <= calls; ++number) {
        SCOPED_TRACE("call " + std::to_string(number));
        Interruption one;
        fakes::FakeStopSignal signal;
        bool took = false;
        std::vector<std::string> written;
        one.world.store.faults().on_call = [&, count = std::size_t{0}](const std::string& call) mutable {
            if (took && call.starts_with("progress.") && call != "progress.signal") written.push_back(call);
            if (++count == number) took = signal.lost = true;
        };
        one.world.server.faults.on_call = [&](const std::string& call) {
            const bool reads = call == "open" || call == "probe" || call.starts_with("read");
            if (took && !reads) written.push_back(call);
        };
        const RunOutcome outcome = one.world.work(signal);
        EXPECT_EQ(written, std::vector<std::string>{});
        EXPECT_TRUE(outcome == RunOutcome::finished || outcome == RunOutcome::lost);
        one.expect_convergence();
        EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::completed) << one.world.sync(one.sync).error;
    }
}

TEST(RunSyncInterruptions, ATakeoverAtEveryCallShutsTheOldWorkerOut) {
    const std::size_t calls = calls_to_store();
    for (std::size_t number = 2; number <= calls; ++number) {
        SCOPED_TRACE("call " + std::to_string(number));
        Interruption one;
        const Fence next = 7;
        one.world.store.faults().on_call = at_call(number, [&] {
            static_cast<void>(one.world.store.progress().claim(one.sync, next, one.world.clock.now()));
        });
        const RunOutcome outcome = one.world.work();
        if (outcome == RunOutcome::finished) continue;  // it had finished before
        EXPECT_EQ(outcome, RunOutcome::lost);
        EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::running);
        EXPECT_EQ(one.world.sync(one.sync).fence, next);
        // The new worker's run, under its own fence.
        const RunPorts ports{.users = one.world.store.users(),
                             .databases = one.world.store.databases(),
                             .definitions = one.world.store.definitions(),
                             .progress = one.world.store.progress(),
                             .targets = one.world.targets,
                             .clock = one.world.clock,
                             .log = silent_logger(),
                             .pause = one.world.pause};
        const fakes::FakeStopSignal calm;
        EXPECT_EQ(run_sync({one.sync, next, 2, "w2"}, ports, {}, calm), RunOutcome::finished);
        EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::completed) << one.world.sync(one.sync).error;
        expect_truth(one.world, one.sync);
    }
}

TEST(RunSyncInterruptions, AStoreThatFailsAtAnyCallMakesItTryLater) {
    const std::size_t calls = calls_to_store();
    int later = 0;
    for (std::size_t number = 2; number < calls; ++number) {  // the first and the last are the queue's
        SCOPED_TRACE("call " + std::to_string(number));
        Interruption one;
        one.world.store.faults().fail_call(static_cast<int>(number), {store_down}, "");
        const RunOutcome outcome = one.world.work();
        later += outcome == RunOutcome::retry_later ? 1 : 0;
        one.expect_convergence();
        EXPECT_EQ(one.world.sync(one.sync).status, SyncStatus::completed) << one.world.sync(one.sync).error;
    }
    EXPECT_GT(later, 10);
}

}  // namespace
}  // namespace mim::app
