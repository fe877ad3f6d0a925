// What every JobQueue promises. Jobs come from SyncStore::submit.
#pragma once

#include <atomic>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "app/ports/database_store.hpp"
#include "app/ports/job_queue.hpp"
#include "app/ports/sync_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class JobQueueContract : public ::testing::Test {
  protected:
    using Span = std::chrono::milliseconds;
    static constexpr Span lease_time{10'000};

    app::JobQueue& queue() { return harness_.queue(); }
    app::SyncStore& syncs() { return harness_.syncs(); }
    app::SyncProgressStore& progress() { return harness_.progress(); }
    void advance(Span span) { harness_.advance(span); }
    SyncId submitted(const std::string& database_name, std::int64_t when = 1) {
        const app::Database database = a_database(database_name);
        EXPECT_EQ(outcome(harness_.databases().create(database)), ok);
        const app::Sync sync = a_sync(database.id, when);
        EXPECT_EQ(outcome(syncs().submit(sync, {})), ok);
        return sync.id;
    }
    std::optional<app::Lease> leased(const std::string& worker = "w1") {
        auto lease = queue().lease(worker, lease_time);
        EXPECT_EQ(outcome(lease), ok);
        return lease ? *lease : std::nullopt;
    }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(JobQueueContract);

TYPED_TEST_P(JobQueueContract, GivesEachJobToOneWorker) {
    EXPECT_FALSE(this->leased());
    const SyncId sync = this->submitted("shop");
    const auto lease = this->leased("w1");
    ASSERT_TRUE(lease);
    EXPECT_EQ(lease->sync, sync);
    EXPECT_EQ(lease->attempt, 1);
    EXPECT_EQ(lease->worker, "w1");
    EXPECT_GT(lease->fence, 0);
    EXPECT_FALSE(this->leased("w2"));
}

TYPED_TEST_P(JobQueueContract, TheOldestComesFirst) {
    const SyncId first = this->submitted("one", 1);
    this->advance(std::chrono::milliseconds{5});
    const SyncId second = this->submitted("two", 2);
    EXPECT_EQ(this->leased()->sync, first);
    EXPECT_EQ(this->leased()->sync, second);
}

TYPED_TEST_P(JobQueueContract, OfManyWorkersAtOnceOneGetsIt) {
    this->submitted("shop");
    std::atomic<int> got{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            if (this->leased("w" + std::to_string(i))) ++got;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(got, 1);
}

TYPED_TEST_P(JobQueueContract, IsTakenOverWhenTheLeaseEnds) {
    const SyncId sync = this->submitted("shop");
    const auto old = this->leased("w1");
    ASSERT_TRUE(old);
    this->advance(this->lease_time - std::chrono::milliseconds{1'000});
    EXPECT_FALSE(this->leased("w2"));
    this->advance(std::chrono::milliseconds{1'001});
    const auto taken = this->leased("w2");
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->sync, sync);
    EXPECT_GT(taken->fence, old->fence);
    EXPECT_EQ(taken->attempt, 2);
    EXPECT_EQ(outcome(this->queue().extend(*old, this->lease_time)), "lease_lost");
    EXPECT_EQ(outcome(this->queue().complete(*old)), "lease_lost");
    EXPECT_EQ(outcome(this->queue().hand_back(*old, {})), "lease_lost");
    EXPECT_EQ(outcome(this->queue().extend(*taken, this->lease_time)), ok);
}

TYPED_TEST_P(JobQueueContract, AnExtendedLeaseHolds) {
    this->submitted("shop");
    const auto lease = this->leased("w1");
    ASSERT_TRUE(lease);
    for (int i = 0; i < 3; ++i) {
        this->advance(this->lease_time - std::chrono::milliseconds{1'000});
        ASSERT_EQ(outcome(this->queue().extend(*lease, this->lease_time)), ok);
        EXPECT_FALSE(this->leased("w2"));
    }
    this->advance(this->lease_time + std::chrono::milliseconds{1});
    EXPECT_TRUE(this->leased("w2"));
}

TYPED_TEST_P(JobQueueContract, ACompletedJobIsGone) {
    this->submitted("shop");
    const auto lease = this->leased();
    ASSERT_TRUE(lease);
    ASSERT_EQ(outcome(this->queue().complete(*lease)), ok);
    this->advance(this->lease_time * 10);
    EXPECT_FALSE(this->leased());
    EXPECT_EQ(outcome(this->queue().extend(*lease, this->lease_time)), "lease_lost");
    EXPECT_EQ(outcome(this->queue().hand_back(*lease, {})), "lease_lost");
}

TYPED_TEST_P(JobQueueContract, AJobHandedBackIsDueAfterItsDelay) {
    const SyncId sync = this->submitted("shop");
    const auto first = this->leased("w1");
    ASSERT_TRUE(first);
    ASSERT_EQ(outcome(this->queue().hand_back(*first, std::chrono::milliseconds{5'000})), ok);
    EXPECT_FALSE(this->leased("w2"));
    EXPECT_EQ(outcome(this->queue().complete(*first)), "lease_lost");
    this->advance(std::chrono::milliseconds{5'001});
    const auto second = this->leased("w2");
    ASSERT_TRUE(second);
    EXPECT_EQ(second->sync, sync);
    EXPECT_EQ(second->attempt, 2);
    EXPECT_GT(second->fence, first->fence);
    ASSERT_EQ(outcome(this->queue().hand_back(*second, {})), ok);
    const auto third = this->leased("w3");
    ASSERT_TRUE(third);
    EXPECT_EQ(third->attempt, 2) << "an orderly return is no attempt";
    EXPECT_GT(third->fence, second->fence);
}

TYPED_TEST_P(JobQueueContract, APostponedJobIsDueAfterItsDelayAndHasMadeNoAttempt) {
    this->submitted("shop");
    const auto first = this->leased("w1");
    ASSERT_TRUE(first);
    ASSERT_EQ(outcome(this->queue().postpone(*first, std::chrono::milliseconds{5'000})), ok);
    EXPECT_FALSE(this->leased("w2"));
    const auto figures = this->queue().figures();
    EXPECT_EQ(figures->waiting, 1);
    EXPECT_EQ(figures->delayed, 1);
    EXPECT_EQ(outcome(this->queue().postpone(*first, {})), "lease_lost");
    this->advance(std::chrono::milliseconds{5'001});
    const auto second = this->leased("w2");
    ASSERT_TRUE(second);
    EXPECT_EQ(second->attempt, 1);
    EXPECT_GT(second->fence, first->fence);
}

TYPED_TEST_P(JobQueueContract, OfferingWhatIsThereChangesNothing) {
    const SyncId sync = this->submitted("shop");
    ASSERT_EQ(outcome(this->queue().offer({sync})), ok);
    const auto lease = this->leased("w1");
    ASSERT_TRUE(lease);
    ASSERT_EQ(outcome(this->queue().offer({sync, sync})), ok);
    EXPECT_FALSE(this->leased("w2"));
    EXPECT_EQ(outcome(this->queue().extend(*lease, this->lease_time)), ok);
    EXPECT_EQ(this->queue().figures()->waiting, 0);
    EXPECT_EQ(this->queue().figures()->leased, 1);
}

TYPED_TEST_P(JobQueueContract, AFenceIsGreaterThanAnyTheStoreHasSeen) {
    const SyncId sync = this->submitted("shop");
    const app::Fence seen = app::Fence{1} << 52;  // under another queue, or before a loss of data
    ASSERT_EQ(outcome(this->progress().claim(sync, seen, at(2))), ok);
    const auto lease = this->leased();
    ASSERT_TRUE(lease);
    EXPECT_GT(lease->fence, seen);
    EXPECT_EQ(outcome(this->queue().extend(*lease, this->lease_time)), ok);
    EXPECT_EQ(outcome(this->progress().claim(sync, lease->fence, at(3))), ok);
}

TYPED_TEST_P(JobQueueContract, ACancelledJobRunsNoMore) {
    const SyncId sync = this->submitted("shop");
    ASSERT_EQ(outcome(this->syncs().request_cancel(sync, at(3))), ok);
    const auto lease = this->leased();
    if (!lease) return;  // taken out with the sync; else the claim refuses it:
    EXPECT_EQ(outcome(this->progress().claim(lease->sync, lease->fence, at(4))), "lease_lost");
    EXPECT_EQ(outcome(this->queue().complete(*lease)), ok);
}

TYPED_TEST_P(JobQueueContract, EveryLeaseCanClaimItsSync) {
    this->submitted("shop");
    for (int i = 0; i < 3; ++i) {
        const auto lease = this->leased("w" + std::to_string(i));
        ASSERT_TRUE(lease);
        EXPECT_EQ(outcome(this->progress().claim(lease->sync, lease->fence, at(4))), ok);
        this->advance(this->lease_time + std::chrono::milliseconds{1});
    }
}

TYPED_TEST_P(JobQueueContract, CountsItsJobs) {
    auto figures = this->queue().figures();
    ASSERT_EQ(outcome(figures), ok);
    EXPECT_EQ(figures->waiting, 0);
    EXPECT_EQ(figures->leased, 0);
    EXPECT_FALSE(figures->oldest_waiting);
    this->submitted("one");
    this->submitted("two");
    ASSERT_TRUE(this->leased());
    figures = this->queue().figures();
    EXPECT_EQ(figures->waiting, 1);
    EXPECT_EQ(figures->leased, 1);
    EXPECT_TRUE(figures->oldest_waiting);
}

TYPED_TEST_P(JobQueueContract, WaitingEndsWhenAJobIsDue) {
    this->submitted("shop");
    const auto start = std::chrono::steady_clock::now();
    this->queue().wait(std::chrono::milliseconds{60'000});
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{30});
}

TYPED_TEST_P(JobQueueContract, WaitingEndsWhenInterrupted) {
    std::atomic<bool> returned{false};
    std::thread waiter([&] {
        this->queue().wait(std::chrono::milliseconds{60'000});
        returned = true;
    });
    const auto start = std::chrono::steady_clock::now();
    while (!returned) {  // the waiter may not have begun to wait at the first call
        this->queue().interrupt();
        std::this_thread::yield();
    }
    waiter.join();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{30});
}

TYPED_TEST_P(JobQueueContract, ALeaseTellsWhenTheWorkerBeforeVanished) {
    using Earlier = app::Lease::Earlier;
    this->submitted("shop");
    const auto next = [this] { return this->leased("w"); };
    const auto first = next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->earlier, Earlier::settled);
    this->advance(this->lease_time + std::chrono::milliseconds{1});
    const auto second = next();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->earlier, Earlier::vanished);
    ASSERT_EQ(outcome(this->queue().hand_back(*second, std::chrono::milliseconds{0})), ok);
    const auto third = next();
    ASSERT_TRUE(third);
    EXPECT_EQ(third->earlier, Earlier::settled) << "it was handed back";
    this->advance(this->lease_time + std::chrono::milliseconds{1});
    const auto fourth = next();
    ASSERT_TRUE(fourth);
    EXPECT_EQ(fourth->earlier, Earlier::vanished);
    ASSERT_EQ(outcome(this->queue().hand_back(*fourth, std::chrono::milliseconds{50})), ok);
    this->advance(std::chrono::milliseconds{51});
    const auto fifth = next();
    ASSERT_TRUE(fifth);
    EXPECT_EQ(fifth->earlier, Earlier::settled) << "it failed in passing";
}

// A clock that was an hour ahead is put right: what it told is not waited for.
TYPED_TEST_P(JobQueueContract, ALeaseOfAClockThatWasAheadIsOver) {
    constexpr std::chrono::hours ahead{1};
    const SyncId sync = this->submitted("shop");
    this->advance(ahead);
    const auto old = this->leased("w1");
    ASSERT_TRUE(old);
    this->advance(-ahead);
    EXPECT_EQ(this->queue().figures()->leased, 0);
    EXPECT_EQ(this->queue().figures()->waiting, 1);
    this->queue().wait(std::chrono::milliseconds{60'000});
    const auto taken = this->leased("w2");
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->sync, sync);
    EXPECT_GT(taken->fence, old->fence);
    EXPECT_EQ(outcome(this->queue().extend(*old, this->lease_time)), "lease_lost");
    EXPECT_FALSE(this->leased("w3"));
}

TYPED_TEST_P(JobQueueContract, ADelayOfAClockThatWasAheadIsOver) {
    constexpr std::chrono::hours ahead{1};
    const SyncId sync = this->submitted("shop");
    this->advance(ahead);
    const auto lease = this->leased("w1");
    ASSERT_TRUE(lease);
    ASSERT_EQ(outcome(this->queue().hand_back(*lease, std::chrono::milliseconds{5'000})), ok);
    EXPECT_FALSE(this->leased("w2"));
    this->advance(-ahead);
    EXPECT_EQ(this->queue().figures()->delayed, 0);
    const auto again = this->leased("w2");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->sync, sync);
}

TYPED_TEST_P(JobQueueContract, ASyncSubmittedByAClockThatWasAheadIsDue) {
    const SyncId sync = this->submitted("shop", 4'000'000'000);
    const auto lease = this->leased();
    ASSERT_TRUE(lease);
    EXPECT_EQ(lease->sync, sync);
}

TYPED_TEST_P(JobQueueContract, AClockThatIsPutBackALittleEndsNoLease) {
    this->submitted("shop");
    const auto lease = this->leased("w1");
    ASSERT_TRUE(lease);
    this->advance(-std::chrono::milliseconds{2'000});
    EXPECT_FALSE(this->leased("w2"));
    EXPECT_EQ(this->queue().figures()->leased, 1);
    EXPECT_EQ(outcome(this->queue().extend(*lease, this->lease_time)), ok);
    EXPECT_EQ(outcome(this->queue().complete(*lease)), ok);
}

REGISTER_TYPED_TEST_SUITE_P(JobQueueContract, GivesEachJobToOneWorker, TheOldestComesFirst,
                            OfManyWorkersAtOnceOneGetsIt, IsTakenOverWhenTheLeaseEnds, AnExtendedLeaseHolds,
                            ACompletedJobIsGone, AJobHandedBackIsDueAfterItsDelay,
                            APostponedJobIsDueAfterItsDelayAndHasMadeNoAttempt,
                            OfferingWhatIsThereChangesNothing, AFenceIsGreaterThanAnyTheStoreHasSeen,
                            ACancelledJobRunsNoMore, EveryLeaseCanClaimItsSync, CountsItsJobs,
                            WaitingEndsWhenAJobIsDue, WaitingEndsWhenInterrupted,
                            ALeaseOfAClockThatWasAheadIsOver, ADelayOfAClockThatWasAheadIsOver,
                            ASyncSubmittedByAClockThatWasAheadIsDue, AClockThatIsPutBackALittleEndsNoLease,
                            ALeaseTellsWhenTheWorkerBeforeVanished);

}  // namespace mim::contract
