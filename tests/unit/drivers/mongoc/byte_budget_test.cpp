#include "drivers/mongoc/byte_budget.hpp"

#include <gtest/gtest.h>

namespace mim::drivers::mongoc {
namespace {

TEST(ByteBudget, HoldersShareItAndGiveItBack) {
    const auto budget = std::make_shared<ByteBudget>(100);
    Holding first(budget, 80);
    EXPECT_FALSE(first.grow_to(81)) << "more than one may have";
    EXPECT_TRUE(first.grow_to(60));
    EXPECT_TRUE(first.grow_to(10)) << "it has that already";
    {
        Holding second(budget, 80);
        EXPECT_FALSE(second.grow_to(41)) << "more than there is left";
        EXPECT_TRUE(second.grow_to(40));
        EXPECT_FALSE(first.grow_to(61));
    }
    EXPECT_TRUE(first.grow_to(80));
    first.release();
    EXPECT_TRUE(budget->take(100));
    EXPECT_FALSE(budget->take(1));
}

TEST(ByteBudget, WithoutOneOnlyTheHoldersOwnLimitCounts) {
    Holding alone(nullptr, 10);
    EXPECT_TRUE(alone.grow_to(10));
    EXPECT_FALSE(alone.grow_to(11));
}

}  // namespace
}  // namespace mim::drivers::mongoc
