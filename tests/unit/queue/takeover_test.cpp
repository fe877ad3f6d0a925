// A worker that was thought dead comes back: it can write nothing, neither to the queue nor to the store.
#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "unit/queue/queue_world.hpp"

namespace mim::queue {
namespace {

using contract::at;
using contract::outcome;
constexpr std::chrono::milliseconds lease_time{10'000};

TEST(Takeover, TheOldWorkerIsShutOutEverywhere) {
    QueueWorld world;
    const auto sync = world.submitted("shop");
    const auto old = world.queue().lease("old", lease_time).value().value();
    ASSERT_TRUE(world.progress().claim(sync, old.fence, at(2)));
    auto records =
        world.progress().plan(sync, old.fence, {contract::a_record("a"), contract::a_record("b")}, at(3));
    ASSERT_TRUE(records);
    world.advance(lease_time);

    const auto other = store::open_or_throw(world.file());  // as another process would
    const auto stores = store::create_sqlite_stores(other);
    const auto queue = create_sqlite_queue(other, world.clock());
    const auto taken = queue->lease("new", lease_time).value().value();
    EXPECT_EQ(taken.sync, sync);
    ASSERT_TRUE(stores.progress->claim(sync, taken.fence, at(4)));

    auto record = (*records)[0];
    record.status = app::RecordStatus::completed;
    EXPECT_EQ(outcome(world.progress().record(sync, old.fence, record, at(5))), "lease_lost");
    EXPECT_EQ(outcome(world.progress().plan(sync, old.fence, {}, at(5))), "lease_lost");
    EXPECT_EQ(outcome(world.progress().finish(sync, old.fence, app::SyncStatus::completed, "", at(5))),
              "lease_lost");
    EXPECT_EQ(outcome(world.queue().extend(old, lease_time)), "lease_lost");
    EXPECT_EQ(outcome(world.queue().hand_back(old, {})), "lease_lost");
    EXPECT_EQ(outcome(world.queue().complete(old)), "lease_lost");

    EXPECT_EQ(outcome(stores.progress->record(sync, taken.fence, record, at(6))), "ok");
    EXPECT_EQ(outcome(stores.progress->finish(sync, taken.fence, app::SyncStatus::failed, "b", at(7))), "ok");
    EXPECT_EQ(outcome(queue->complete(taken)), "ok");
    EXPECT_EQ(outcome(world.queue().complete(old)), "lease_lost");
    EXPECT_EQ(world.syncs().get(sync)->status, app::SyncStatus::failed);
}

TEST(Takeover, AWorkerThatLeasedButHasNotClaimedYetComesTooLate) {
    QueueWorld world;
    const auto sync = world.submitted("shop");
    const auto old = world.queue().lease("old", lease_time).value().value();
    world.advance(lease_time);
    const auto taken = world.queue().lease("new", lease_time).value().value();
    ASSERT_TRUE(world.progress().claim(sync, taken.fence, at(4)));
    EXPECT_EQ(outcome(world.progress().claim(sync, old.fence, at(5))), "lease_lost");
}

}  // namespace
}  // namespace mim::queue
