#include "drivers/sqlite/bell.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace mim::sqlite {
namespace {

using std::chrono::milliseconds;

TEST(Bell, ARingBetweenLookingAndWaitingIsNotMissed) {
    Bell bell;
    const auto seen = bell.count();
    bell.ring();
    EXPECT_TRUE(bell.wait_for_ring(seen, milliseconds{0}));
}

TEST(Bell, NoRingNoEnd) {
    Bell bell;
    bell.ring();
    EXPECT_FALSE(bell.wait_for_ring(bell.count(), milliseconds{1}));
}

TEST(Bell, WakesEveryWaiter) {
    Bell bell;
    const auto seen = bell.count();
    bool first = false, second = false;
    std::thread one([&] { first = bell.wait_for_ring(seen, milliseconds{60'000}); });
    std::thread two([&] { second = bell.wait_for_ring(seen, milliseconds{60'000}); });
    bell.ring();
    one.join();
    two.join();
    EXPECT_TRUE(first);
    EXPECT_TRUE(second);
}

}  // namespace
}  // namespace mim::sqlite
