#include "base/call_memory.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace mim {
namespace {

TEST(CallMemory, OutsideOfCallsEachHoldsForItself) {
    const auto budget = std::make_shared<ByteBudget>(100);
    const auto holding = CallMemory::holding(budget, 10);
    EXPECT_TRUE(holding->add(10));
    EXPECT_NE(CallMemory::holding(budget, 10), holding);
    EXPECT_EQ(CallMemory::current(), nullptr);
    EXPECT_TRUE(CallMemory::add(1'000));
}

TEST(CallMemory, WithinOneAllHoldTogether) {
    const auto budget = std::make_shared<ByteBudget>(100);
    std::shared_ptr<Holding> kept;
    {
        const CallMemory call;
        EXPECT_TRUE(CallMemory::add(1'000)) << "nothing is held of a target yet";
        const auto holding = CallMemory::holding(budget, 10);
        EXPECT_EQ(CallMemory::holding(budget, 10), holding);
        EXPECT_TRUE(CallMemory::add(6));
        std::thread([&] {
            EXPECT_EQ(CallMemory::current(), nullptr);
            const CallMemory of_the_same(holding);
            EXPECT_FALSE(CallMemory::add(5));
            EXPECT_TRUE(CallMemory::add(4));
            CallMemory::give_back(4);
        }).join();
        {
            const CallMemory apart;
            EXPECT_EQ(CallMemory::current(), nullptr);
        }
        EXPECT_EQ(CallMemory::current(), holding);
        kept = call.held();
    }
    EXPECT_EQ(CallMemory::current(), nullptr);
    EXPECT_FALSE(budget->take(95)) << "as long as somebody keeps it";
    kept.reset();
    EXPECT_TRUE(budget->take(100));
}

TEST(CallMemory, KeepsTheFirstReasonWhyATextWasCut) {
    const CallMemory call;
    EXPECT_FALSE(call.cut());
    CallMemory::cut_short(Error(ErrorCode::not_ready, "first"));
    CallMemory::cut_short(Error(ErrorCode::internal, "second"));
    ASSERT_TRUE(call.cut());
    EXPECT_EQ(call.cut()->message, "first");
}

}  // namespace
}  // namespace mim
