#include "base/byte_budget.hpp"

#include <gtest/gtest.h>

namespace mim {
namespace {

constexpr std::size_t much = 2 * Holding::little;

ErrorCode code_of(const Done& done) {
    return done ? ErrorCode::internal : done.error().code;
}

TEST(ByteBudget, CallsShareItAndGiveItBack) {
    const auto budget = std::make_shared<ByteBudget>(100);
    Holding first(budget, 80);
    EXPECT_EQ(code_of(first.add(81)), ErrorCode::target_too_large) << "more than one may have";
    EXPECT_TRUE(first.add(60));
    {
        Holding second(budget, 80);
        const Done refused = second.add(41);
        EXPECT_EQ(code_of(refused), ErrorCode::not_ready) << "more than there is left";
        EXPECT_GT(refused.error().retry_after.count(), 0);
        EXPECT_TRUE(second.add(40));
        EXPECT_EQ(code_of(first.add(1)), ErrorCode::not_ready);
    }
    EXPECT_TRUE(first.add(20));
    EXPECT_EQ(code_of(first.add(1)), ErrorCode::target_too_large);
    first.give_back(30);
    EXPECT_TRUE(budget->take(50));
    EXPECT_FALSE(budget->take(1));
    first.release();
    EXPECT_TRUE(budget->take(50));
    EXPECT_FALSE(budget->take(1));
}

TEST(ByteBudget, TheLastQuarterIsForThoseWhoHoldLittle) {
    const auto budget = std::make_shared<ByteBudget>(4 * much);
    Holding large(budget, 4 * much), other(budget, 4 * much), small(budget, 4 * much);
    EXPECT_TRUE(large.add(3 * much));
    EXPECT_EQ(code_of(large.add(1)), ErrorCode::not_ready);
    EXPECT_EQ(code_of(other.add(Holding::little + 1)), ErrorCode::not_ready);
    EXPECT_TRUE(small.add(Holding::little));
    EXPECT_EQ(code_of(small.add(1)), ErrorCode::not_ready);
}

TEST(ByteBudget, WithoutOneOnlyTheCallsOwnLimitCounts) {
    Holding alone(nullptr, 10);
    EXPECT_TRUE(alone.add(10));
    EXPECT_FALSE(alone.add(1));
    alone.give_back(1'000);
    EXPECT_TRUE(alone.add(10)) << "no more is given back than was held";
    EXPECT_FALSE(alone.add(1));
}

TEST(ByteBudget, AChargeLastsAsLongAsItIsKept) {
    const auto holding = std::make_shared<Holding>(nullptr, 10);
    Charge kept;
    EXPECT_TRUE(kept.grow(1'000)) << "of no holding";
    {
        Charge charge(holding);
        EXPECT_TRUE(charge.grow(4));
        EXPECT_TRUE(charge.grow(4));
        EXPECT_FALSE(charge.grow(3));
        kept = std::move(charge);
    }
    EXPECT_FALSE(holding->add(3));
    kept = Charge(holding);
    EXPECT_TRUE(holding->add(10));
}

}  // namespace
}  // namespace mim
