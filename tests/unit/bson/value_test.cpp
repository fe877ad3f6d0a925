#include <cmath>

#include <gtest/gtest.h>

#include "bson/json.hpp"

namespace mim::bson {
namespace {

Value value_of(std::string_view json) {
    return Value(*parse_json(R"({"v": )" + std::string(json) + "}")->find("v"));
}

struct IntegerCase {
    const char* json;
    std::optional<std::int64_t> integer;
};

class Integers : public testing::TestWithParam<IntegerCase> {};

TEST_P(Integers, AreReadFromEveryNumberType) {
    EXPECT_EQ(value_of(GetParam().json).view().integer(), GetParam().integer);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Integers,
    testing::Values(IntegerCase{"5", 5}, IntegerCase{R"({"$numberLong": "5"})", 5},
                    IntegerCase{R"({"$numberDouble": "5.0"})", 5},
                    IntegerCase{R"({"$numberDecimal": "5"})", 5},
                    IntegerCase{R"({"$numberDouble": "5.5"})", std::nullopt},
                    IntegerCase{R"({"$numberDouble": "NaN"})", std::nullopt},
                    IntegerCase{R"({"$numberDouble": "1e300"})", std::nullopt},
                    IntegerCase{R"({"$numberDouble": "-9223372036854775808"})", INT64_MIN},
                    IntegerCase{R"("5")", std::nullopt}, IntegerCase{"true", std::nullopt}));

struct TruthCase {
    const char* json;
    bool truth;
};
class Truths : public testing::TestWithParam<TruthCase> {};

TEST_P(Truths, FollowMongoDB) {
    EXPECT_EQ(value_of(GetParam().json).view().truthy(), GetParam().truth);
}

INSTANTIATE_TEST_SUITE_P(Cases, Truths,
                         testing::Values(TruthCase{"false", false}, TruthCase{"0", false},
                                         TruthCase{"null", false},
                                         TruthCase{R"({"$numberDouble": "0.0"})", false},
                                         TruthCase{"true", true}, TruthCase{"1", true},
                                         TruthCase{R"("")", true}, TruthCase{"{}", true}));

TEST(ValueView, NumbersAreEqualByValue) {
    const auto one = value_of("1"), one_double = value_of(R"({"$numberDouble": "1.0"})");
    EXPECT_TRUE(equal_by_value(one.view(), one_double.view()));
    EXPECT_FALSE(identical(one.view(), one_double.view()));
    EXPECT_FALSE(equal_by_value(one.view(), value_of("2").view()));
    EXPECT_FALSE(equal_by_value(one.view(), value_of("true").view()));
}

// 2^53 and 2^53 + 1 are the same double; as integers they differ.
TEST(ValueView, LargeIntegersAreNotRoundedTogether) {
    const auto left = value_of(R"({"$numberLong": "9007199254740992"})");
    const auto right = value_of(R"({"$numberLong": "9007199254740993"})");
    EXPECT_FALSE(equal_by_value(left.view(), right.view()));
}

TEST(ValueView, IdenticalWithoutAValueInBytes) {
    EXPECT_TRUE(identical(value_of("null").view(), value_of("null").view()));
    EXPECT_TRUE(identical(value_of(R"({"$minKey": 1})").view(), value_of(R"({"$minKey": 1})").view()));
    EXPECT_FALSE(identical(value_of("null").view(), value_of(R"({"$minKey": 1})").view()));
}

TEST(ValueView, QuestionsOfTheWrongTypeAnswerNone) {
    const auto text = value_of(R"("x")");
    EXPECT_FALSE(text.view().number());
    EXPECT_FALSE(text.view().boolean());
    EXPECT_FALSE(text.view().document());
    EXPECT_FALSE(value_of("1").view().string());
}

}  // namespace
}  // namespace mim::bson
