#include <gtest/gtest.h>

#include "base/result.hpp"

namespace mim {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return invalid_field("number", "must be even");
    return number / 2;
}

Result<int> quarter(int number) {
    MIM_TRY(once, half(number));
    return half(once);
}

Done all_even(int first, int second) {
    MIM_CHECK(half(first));
    MIM_CHECK(half(second));
    return {};
}

TEST(Result, CarriesTheValue) {
    EXPECT_EQ(*quarter(8), 2);
}

TEST(Result, TryReturnsTheFirstError) {
    const auto result = quarter(6);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(result.error().fields, (std::vector<FieldError>{{"number", "must be even"}}));
}

TEST(Result, CheckPassesOverSuccesses) {
    EXPECT_TRUE(all_even(2, 4));
    EXPECT_FALSE(all_even(2, 5));
}

TEST(Result, AskingAnErrorForItsValueIsABug) {
    const auto result = half(1);
    EXPECT_THROW((void)result.value(), BadResultAccess);
}

}  // namespace
}  // namespace mim
