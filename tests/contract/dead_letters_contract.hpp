// What every DeadLetters promises, and what a queue counts of them. Jobs come from SyncStore::submit.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/database_store.hpp"
#include "app/ports/dead_letters.hpp"
#include "app/ports/sync_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class DeadLettersContract : public ::testing::Test {
  protected:
    static constexpr std::chrono::milliseconds lease_time{10'000};

    app::DeadLetters& letters() { return harness_.dead_letters(); }
    app::JobQueue& queue() { return harness_.queue(); }
    void advance(std::chrono::milliseconds span) { harness_.advance(span); }
    app::Lease leased(const std::string& database_name) {
        const app::Database database = a_database(database_name);
        EXPECT_EQ(outcome(harness_.databases().create(database)), ok);
        EXPECT_EQ(outcome(harness_.syncs().submit(a_sync(database.id), {})), ok);
        return queue().lease("w1", lease_time).value().value();
    }
    // One whose sync has failed, as a run leaves it that gives up.
    app::Lease buried(const std::string& database_name) {
        const auto lease = leased(database_name);
        EXPECT_EQ(outcome(harness_.progress().claim(lease.sync, lease.fence, at(2))), ok);
        EXPECT_EQ(outcome(harness_.progress().finish(lease.sync, lease.fence, app::SyncStatus::failed,
                                                     "given up", at(3))),
                  ok);
        EXPECT_EQ(outcome(letters().bury(lease, "why " + database_name)), ok);
        return lease;
    }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(DeadLettersContract);

TYPED_TEST_P(DeadLettersContract, ABuriedJobRunsNoMoreAndIsRemembered) {
    const auto lease = this->buried("shop");
    this->advance(this->lease_time * 10);
    EXPECT_FALSE(this->queue().lease("w2", this->lease_time).value());
    const auto letter = this->letters().get(lease.sync);
    ASSERT_EQ(outcome(letter), ok);
    EXPECT_EQ(letter->sync, lease.sync);
    EXPECT_EQ(letter->attempts, 1);
    EXPECT_EQ(letter->reason, "why shop");
    EXPECT_GT(letter->buried_at, Timestamp{});
    const auto figures = this->queue().figures();
    EXPECT_EQ(figures->dead_letters, 1);
    EXPECT_EQ(figures->waiting, 0);
    EXPECT_EQ(figures->leased, 0);
}

TYPED_TEST_P(DeadLettersContract, OnlyTheHolderOfTheLeaseBuries) {
    const auto old = this->leased("shop");
    this->advance(this->lease_time + std::chrono::milliseconds{1});
    ASSERT_TRUE(this->queue().lease("w2", this->lease_time).value());
    EXPECT_EQ(outcome(this->letters().bury(old, "late")), "lease_lost");
    EXPECT_EQ(outcome(this->letters().get(old.sync)), "not_found");
}

TYPED_TEST_P(DeadLettersContract, ListsTheNewestFirst) {
    std::vector<SyncId> buried;
    for (const char* name : {"one", "two", "three"}) {
        buried.push_back(this->buried(name).sync);
        this->advance(std::chrono::milliseconds{5});
    }
    const auto first = this->letters().list({.query = "", .page = 1, .limit = 2});
    ASSERT_EQ(outcome(first), ok);
    EXPECT_EQ(first->total, 3);
    ASSERT_EQ(first->items.size(), 2U);
    const auto second = this->letters().list({.query = "", .page = 2, .limit = 2});
    ASSERT_EQ(second->items.size(), 1U);
    EXPECT_EQ(second->total, 3);
    EXPECT_EQ(second->items[0].sync, buried[0]);
    EXPECT_NE(first->items[0].sync, first->items[1].sync);
}

TYPED_TEST_P(DeadLettersContract, AreRemovedOneByOneOrAllAtOnce) {
    const auto one = this->buried("one").sync, two = this->buried("two").sync;
    EXPECT_EQ(outcome(this->letters().remove(one)), ok);
    EXPECT_EQ(outcome(this->letters().remove(one)), ok);
    EXPECT_EQ(outcome(this->letters().get(one)), "not_found");
    EXPECT_EQ(outcome(this->letters().get(two)), ok);
    EXPECT_EQ(outcome(this->letters().clear()), ok);
    EXPECT_EQ(this->letters().list({})->total, 0);
    EXPECT_EQ(outcome(this->letters().get(two)), "not_found");
}

REGISTER_TYPED_TEST_SUITE_P(DeadLettersContract, ABuriedJobRunsNoMoreAndIsRemembered,
                            OnlyTheHolderOfTheLeaseBuries, ListsTheNewestFirst,
                            AreRemovedOneByOneOrAllAtOnce);

}  // namespace mim::contract
