#include "queue/worker_pool.hpp"

#include <set>

#include <gtest/gtest.h>

#include "unit/queue/queue_world.hpp"
#include "unit/queue/scripted_queue.hpp"

namespace mim::queue {
namespace {

using app::RunOutcome;
using std::chrono::milliseconds;
constexpr milliseconds long_enough{60'000};

WorkerOptions options(int workers) {
    WorkerOptions made;
    made.workers = workers;
    made.name = "host";
    return made;
}

class RecordedLetters final : public app::DeadLetters {
  public:
    Done bury(const app::Lease& lease, const std::string&) override {
        buried.push_back(lease.attempt);
        return {};
    }
    Result<app::Page<app::DeadLetter>> list(const app::PageRequest&) override {
        return app::Page<app::DeadLetter>{};
    }
    Result<app::DeadLetter> get(const SyncId&) override { return Error(ErrorCode::not_found, "none"); }
    Done remove(const SyncId&) override { return {}; }
    Done clear() override { return {}; }

    std::vector<int> buried;  // their attempts; read after the workers ended
};

class WorkerPoolTest : public ::testing::Test {
  protected:
    LeaseKeeper::Ports ports() { return {queue_, system_clock(), silent_logger()}; }
    // Runs one job of this attempt with this outcome, to the end.
    void run_one(int attempt, const WorkerPool::Run& run) {
        queue_.put(attempt);
        bool ran = false;
        WorkerPool pool(ports(), options(1), [&](const app::Lease& lease, const app::StopSignal& stop) {
            queue_.change([&] { ran = true; });
            return run(lease, stop);
        });
        EXPECT_TRUE(queue_.until([&] { return ran; }));
        EXPECT_EQ(pool.stop(long_enough), 0);
    }
    ScriptedQueue queue_;
};

TEST_F(WorkerPoolTest, CompletesAFinishedJob) {
    run_one(1, [](const app::Lease& lease, const app::StopSignal& stop) {
        EXPECT_EQ(lease.worker, "host/1");
        EXPECT_FALSE(stop.lease_lost());
        return RunOutcome::finished;
    });
    EXPECT_EQ(queue_.completed, 1);
    EXPECT_TRUE(queue_.handed_back.empty());
}

TEST_F(WorkerPoolTest, HandsBackAtOnceOrWithADelayThatGrows) {
    run_one(1, [](const auto&, const auto&) { return RunOutcome::hand_back; });
    EXPECT_EQ(queue_.handed_back, (std::vector{milliseconds{0}}));
    ScriptedQueue::Span expected = options(1).first_retry_delay * 4;
    EXPECT_EQ(retry_delay(options(1), 3), expected);
    EXPECT_EQ(retry_delay(options(1), 1'000), options(1).longest_retry_delay);
}

TEST_F(WorkerPoolTest, WhatFailedInPassingIsTriedLater) {
    run_one(2, [](const auto&, const auto&) { return RunOutcome::retry_later; });
    ASSERT_EQ(queue_.handed_back.size(), 1U);
    EXPECT_GE(queue_.handed_back[0], milliseconds{1'000});
    EXPECT_LE(queue_.handed_back[0], milliseconds{2'000});
    EXPECT_EQ(queue_.completed, 0);
}

TEST_F(WorkerPoolTest, ALostJobIsForgotten) {
    run_one(1, [](const auto&, const auto&) { return RunOutcome::lost; });
    EXPECT_TRUE(queue_.handed_back.empty());
    EXPECT_EQ(queue_.completed, 0);
}

TEST_F(WorkerPoolTest, SurvivesAnExceptionAndHandsTheJobBack) {
    run_one(1, [](const auto&, const auto&) -> RunOutcome { throw std::logic_error("a bug"); });
    ASSERT_EQ(queue_.handed_back.size(), 1U);
    EXPECT_GE(queue_.handed_back[0], milliseconds{500});
    EXPECT_LE(queue_.handed_back[0], milliseconds{1'000});
}

TEST_F(WorkerPoolTest, WhoseTurnHasNotComeIsPostponed) {
    run_one(1, [](const auto&, const auto&) { return RunOutcome::postpone; });
    EXPECT_EQ(queue_.postponed.size(), 1U);
    EXPECT_TRUE(queue_.handed_back.empty());
    EXPECT_EQ(queue_.completed, 0);
}

TEST_F(WorkerPoolTest, AJobWhoseRunsEndTheProcessBecomesADeadLetter) {
    RecordedLetters letters;
    queue_.put(3);
    queue_.put(1);
    {
        WorkerPool pool(
            ports(), options(1),
            [](const app::Lease& lease, const auto&) {
                return lease.attempt == 3 ? RunOutcome::given_up : RunOutcome::finished;
            },
            &letters);
        ASSERT_TRUE(queue_.until([&] { return queue_.completed == 1; }));
    }
    EXPECT_EQ(letters.buried, std::vector<int>{3});
}

TEST_F(WorkerPoolTest, AJobThatEndsWellIsCompletedHoweverOftenItWasLeased) {
    RecordedLetters letters;
    queue_.put(40);
    {
        WorkerPool pool(
            ports(), options(1), [](const auto&, const auto&) { return RunOutcome::finished; }, &letters);
        ASSERT_TRUE(queue_.until([&] { return queue_.completed == 1; }));
        EXPECT_EQ(pool.stop(long_enough), 0);
    }
    EXPECT_TRUE(letters.buried.empty());
}

TEST_F(WorkerPoolTest, GoesOnWhenTheQueueFailsForAWhile) {
    queue_.leases_answer(ErrorCode::store_failed);
    auto quick = options(1);
    quick.longest_wait = milliseconds{1};
    WorkerPool pool(ports(), quick, [](const auto&, const auto&) { return RunOutcome::finished; });
    ASSERT_TRUE(queue_.until([&] { return queue_.leases >= 2; }));
    queue_.put(1);
    queue_.leases_answer(std::nullopt);
    EXPECT_TRUE(queue_.until([&] { return queue_.completed == 1; }));
}

TEST_F(WorkerPoolTest, GoesOnWhenTheQueueThrows) {
    queue_.throw_once(ScriptedQueue::Call::lease);
    auto quick = options(1);
    quick.longest_wait = milliseconds{1};
    WorkerPool pool(ports(), quick, [](const auto&, const auto&) { return RunOutcome::finished; });
    ASSERT_TRUE(queue_.until([&] { return queue_.leases >= 2; }));
    queue_.throw_once(ScriptedQueue::Call::complete);
    queue_.put(1);
    queue_.put(2);
    EXPECT_TRUE(queue_.until([&] { return queue_.completed == 1; }));
    EXPECT_EQ(pool.stop(long_enough), 0);  // also of the one whose end was never told
}

TEST_F(WorkerPoolTest, StoppingAsksTheRunningJobToStop) {
    queue_.put(1);
    bool running = false;
    WorkerPool pool(ports(), options(1), [&](const app::Lease&, const app::StopSignal& stop) {
        queue_.change([&] { running = true; });
        while (!stop.stop_requested()) std::this_thread::yield();
        return RunOutcome::hand_back;
    });
    ASSERT_TRUE(queue_.until([&] { return running; }));
    EXPECT_EQ(pool.stop(long_enough), 0);
    EXPECT_EQ(queue_.handed_back, (std::vector{milliseconds{0}}));
}

TEST_F(WorkerPoolTest, AJobThatDoesNotStopLosesItsLease) {
    queue_.put(1);
    bool running = false;
    WorkerPool pool(ports(), options(1), [&](const app::Lease&, const app::StopSignal& stop) {
        queue_.change([&] { running = true; });
        while (!stop.lease_lost()) std::this_thread::yield();
        return RunOutcome::lost;
    });
    ASSERT_TRUE(queue_.until([&] { return running; }));
    EXPECT_EQ(pool.stop(milliseconds{1}), 1);
    EXPECT_EQ(queue_.handed_back, (std::vector{milliseconds{0}}));
}

TEST_F(WorkerPoolTest, ALeaseThatCannotBeKeptReachesTheJob) {
    queue_.put(1);
    queue_.extensions_answer(ErrorCode::lease_lost);
    auto short_lease = options(1);
    short_lease.lease_time = milliseconds{3};
    bool lost = false;
    WorkerPool pool(ports(), short_lease, [&](const app::Lease&, const app::StopSignal& stop) {
        while (!stop.lease_lost()) std::this_thread::yield();
        queue_.change([&] { lost = true; });
        return RunOutcome::lost;
    });
    EXPECT_TRUE(queue_.until([&] { return lost; }));
}

TEST(WorkerPoolOnSqlite, RunsEveryJobOnce) {
    QueueWorld world;
    std::multiset<std::string> expected;
    for (int i = 0; i < 12; ++i) expected.insert(world.submitted("db" + std::to_string(i)).text());
    std::mutex mutex;
    std::condition_variable changed;
    std::multiset<std::string> ran;
    WorkerPool pool({world.queue(), world.clock(), silent_logger()}, options(3),
                    [&](const app::Lease& lease, const app::StopSignal&) {
                        EXPECT_TRUE(world.progress().claim(lease.sync, lease.fence, contract::at(2)));
                        EXPECT_TRUE(world.progress().finish(lease.sync, lease.fence,
                                                            app::SyncStatus::completed, "", contract::at(3)));
                        const std::lock_guard guard(mutex);
                        ran.insert(lease.sync.text());
                        changed.notify_all();
                        return RunOutcome::finished;
                    });
    {
        std::unique_lock guard(mutex);
        EXPECT_TRUE(
            changed.wait_for(guard, std::chrono::minutes{1}, [&] { return ran.size() == expected.size(); }));
    }
    EXPECT_EQ(pool.stop(long_enough), 0);
    EXPECT_EQ(ran, expected);
    EXPECT_EQ(world.queue().figures()->waiting, 0);
    EXPECT_EQ(world.queue().figures()->leased, 0);
}

}  // namespace
}  // namespace mim::queue
