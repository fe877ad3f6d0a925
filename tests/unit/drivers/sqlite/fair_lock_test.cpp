#include "drivers/sqlite/fair_lock.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mim::sqlite {
namespace {

using std::chrono::milliseconds;

Deadline long_enough() {
    return Deadline::after(milliseconds{60'000});
}

TEST(FairLock, ServesInTheOrderOfComing) {
    FairLock lock;
    ASSERT_TRUE(lock.acquire(long_enough()));
    std::vector<int> order;  // guarded by the lock under test
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&lock, &order, i] {
            ASSERT_TRUE(lock.acquire(long_enough()));
            order.push_back(i);
            lock.release();
        });
        while (lock.waiting() != static_cast<std::size_t>(i) + 1) std::this_thread::yield();
    }
    lock.release();
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(order, (std::vector{0, 1, 2, 3}));
}

TEST(FairLock, GivesUpAtTheDeadlineAndLeavesTheQueue) {
    FairLock lock;
    ASSERT_TRUE(lock.acquire(long_enough()));
    EXPECT_FALSE(lock.acquire(Deadline::after(milliseconds{1})));
    EXPECT_EQ(lock.waiting(), 0U);
    lock.release();
    EXPECT_TRUE(lock.acquire(Deadline::after(milliseconds{0})));
}

}  // namespace
}  // namespace mim::sqlite
