#include "queue/sqlite/sqlite_queue.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "unit/queue/queue_world.hpp"

namespace mim::queue {
namespace {

using contract::outcome;
using std::chrono::milliseconds;
constexpr milliseconds lease_time{10'000};
constexpr milliseconds far_too_long{600'000};

TEST(SqliteQueue, TheEndOfASyncTakesItsJobOut) {
    QueueWorld world;
    const auto sync = world.submitted("shop");
    const auto lease = world.queue().lease("w", lease_time).value().value();
    ASSERT_TRUE(world.progress().claim(sync, lease.fence, contract::at(2)));
    ASSERT_TRUE(world.progress().finish(sync, lease.fence, app::SyncStatus::completed, "", contract::at(3)));
    EXPECT_EQ(world.queue().figures()->leased, 0);
    EXPECT_EQ(outcome(world.queue().complete(lease)), "ok");  // the worker need not know
    auto older = lease;
    --older.fence;
    EXPECT_EQ(outcome(world.queue().complete(older)), "lease_lost");
}

TEST(SqliteQueue, AWaiterHearsASubmitOfItsOwnProcessAtOnce) {
    QueueWorld world;
    const auto patient =
        create_sqlite_queue(world.connections(), world.clock(), {.poll_interval = far_too_long});
    std::thread waiter([&] { patient->wait(far_too_long); });
    world.submitted("shop");
    waiter.join();  // without the bell this would take ten minutes
    EXPECT_TRUE(patient->lease("w", lease_time).value());
}

TEST(SqliteQueue, AWaiterFindsTheJobOfAnotherProcess) {
    QueueWorld world;
    const auto other = store::open_or_throw(world.file());  // has a bell of its own
    const auto queue = create_sqlite_queue(other, world.clock(), {.poll_interval = milliseconds{5}});
    std::thread waiter([&] { queue->wait(far_too_long); });
    world.submitted("shop");
    waiter.join();
    EXPECT_TRUE(queue->lease("w", lease_time).value());
}

TEST(SqliteQueue, AWaiterHearsAJobHandedBack) {
    QueueWorld world;
    world.submitted("shop");
    const auto patient =
        create_sqlite_queue(world.connections(), world.clock(), {.poll_interval = far_too_long});
    const auto lease = patient->lease("w", lease_time).value().value();
    std::thread waiter([&] { patient->wait(far_too_long); });
    ASSERT_TRUE(patient->hand_back(lease, milliseconds{0}));
    waiter.join();
    EXPECT_TRUE(patient->lease("w", lease_time).value());
}

TEST(SqliteQueue, AnInterruptBeforeTheWaitIsNotLost) {
    QueueWorld world;
    const auto patient =
        create_sqlite_queue(world.connections(), world.clock(), {.poll_interval = far_too_long});
    patient->interrupt();
    const auto start = std::chrono::steady_clock::now();
    patient->wait(far_too_long);
    EXPECT_LT(std::chrono::steady_clock::now() - start, far_too_long);
}

TEST(SqliteQueue, FencesGoOnAfterTheFileWasClosed) {
    sqlite::TemporaryFolder folder;
    MovableClock clock;
    app::Fence before = 0;
    {
        const auto file = store::open_or_throw(folder.file());
        const auto stores = store::create_sqlite_stores(file);
        const auto shop = contract::a_database("shop");
        ASSERT_TRUE(stores.databases->create(shop));
        ASSERT_TRUE(stores.syncs->submit(contract::a_sync(shop.id), {}));
        before = create_sqlite_queue(file, clock)->lease("old", lease_time)->value().fence;
    }
    clock.advance(lease_time);
    const auto lease =
        create_sqlite_queue(store::open_or_throw(folder.file()), clock)->lease("new", lease_time);
    ASSERT_TRUE(lease.value());
    EXPECT_GT((*lease)->fence, before);
    EXPECT_EQ((*lease)->attempt, 2);
}

}  // namespace
}  // namespace mim::queue
