#include "queue/lease_keeper.hpp"

#include <gtest/gtest.h>

#include "unit/queue/queue_world.hpp"
#include "unit/queue/scripted_queue.hpp"

namespace mim::queue {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds lease_time{30'000};

class LeaseKeeperTest : public ::testing::Test {
  protected:
    std::shared_ptr<RunningJob> kept_job() {
        auto job = std::make_shared<RunningJob>(app::Lease{SyncId::generate(), 1, 1, "w"}, stopping_);
        keeper_.keep(job, clock_.steady());
        return job;
    }
    void after(milliseconds span) {
        clock_.advance(span);
        keeper_.extend_due();
    }
    std::atomic<bool> stopping_{false};
    MovableClock clock_;
    ScriptedQueue queue_;
    LeaseKeeper keeper_{{queue_, clock_, silent_logger()}, lease_time};
};

TEST_F(LeaseKeeperTest, ExtendsAfterEachThirdOfTheLease) {
    const auto job = kept_job();
    after(milliseconds{9'999});
    EXPECT_EQ(queue_.extended, 0);
    after(milliseconds{1});
    EXPECT_EQ(queue_.extended, 1);
    after(milliseconds{9'999});
    EXPECT_EQ(queue_.extended, 1);
    after(milliseconds{1});
    EXPECT_EQ(queue_.extended, 2);
    EXPECT_FALSE(job->lease_lost());
}

TEST_F(LeaseKeeperTest, TellsTheJobThatItsLeaseIsAnothers) {
    const auto job = kept_job();
    const auto other = kept_job();
    keeper_.forget(*other);
    queue_.extensions_answer(ErrorCode::lease_lost);
    after(milliseconds{10'000});
    EXPECT_TRUE(job->lease_lost());
    EXPECT_FALSE(other->lease_lost());
    after(lease_time);
    EXPECT_EQ(queue_.extended, 1);  // a lost lease is left alone
}

// By its own thread, since what was kept was due when it came.
TEST_F(LeaseKeeperTest, WhatIsThrownEndsNothing) {
    queue_.throw_once(ScriptedQueue::Call::extend);
    const auto job = std::make_shared<RunningJob>(app::Lease{SyncId::generate(), 1, 1, "w"}, stopping_);
    keeper_.keep(job, clock_.steady() - milliseconds{10'000});
    EXPECT_TRUE(queue_.until([&] { return queue_.extended == 2; }));
    EXPECT_FALSE(job->lease_lost());
}

// As after SIGSTOP and SIGCONT: the time is over before any thread of this process has moved.
TEST_F(LeaseKeeperTest, AJobFindsItsLeaseOverWithoutBeingTold) {
    const auto job =
        std::make_shared<RunningJob>(app::Lease{SyncId::generate(), 1, 1, "w"}, stopping_, &clock_);
    keeper_.keep(job, clock_.steady());
    after(milliseconds{10'000});
    clock_.advance(lease_time - milliseconds{1});
    EXPECT_FALSE(job->lease_lost());
    clock_.advance(milliseconds{1});
    EXPECT_TRUE(job->lease_lost());
}

TEST_F(LeaseKeeperTest, TriesAgainWhileTheLeaseLasts) {
    const auto job = kept_job();
    queue_.extensions_answer(ErrorCode::store_failed);
    after(milliseconds{10'000});
    after(milliseconds{2'500});
    EXPECT_EQ(queue_.extended, 2);
    EXPECT_FALSE(job->lease_lost());
    queue_.extensions_answer(std::nullopt);
    after(milliseconds{2'500});
    EXPECT_EQ(queue_.extended, 3);
    after(milliseconds{29'000});  // longer than the first lease, not than the second
    EXPECT_FALSE(job->lease_lost());
}

TEST_F(LeaseKeeperTest, GivesUpWhenTheLeaseHasEnded) {
    const auto job = kept_job();
    queue_.extensions_answer(ErrorCode::store_failed);
    after(milliseconds{29'999});
    EXPECT_FALSE(job->lease_lost());
    after(milliseconds{2'501});
    EXPECT_TRUE(job->lease_lost());
}

TEST(LeaseKeeperThread, ExtendsByItself) {
    const std::atomic<bool> stopping{false};
    ScriptedQueue queue;
    LeaseKeeper keeper({queue, system_clock(), silent_logger()}, milliseconds{3});
    keeper.keep(std::make_shared<RunningJob>(app::Lease{SyncId::generate(), 1, 1, "w"}, stopping),
                system_clock().steady());
    EXPECT_TRUE(queue.until([&] { return queue.extended >= 3; }));
}

}  // namespace
}  // namespace mim::queue
