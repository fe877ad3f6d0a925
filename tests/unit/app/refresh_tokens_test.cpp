#include "app/model/refresh_tokens.hpp"

#include <gtest/gtest.h>

namespace mim::app {
namespace {

using std::chrono::milliseconds;

class RefreshTokensTest : public ::testing::Test {
  protected:
    bool use(const std::string& used, const std::string& next, milliseconds now) {
        const auto after = rotated(tokens_, {.used = used,
                                             .next = next,
                                             .next_expires_at = Timestamp{},
                                             .now = Timestamp{now},
                                             .sibling_window = milliseconds{10'000}});
        if (after) tokens_ = *after;
        return after.has_value();
    }
    RefreshTokens tokens_{"a"};
};

TEST_F(RefreshTokensTest, EachGivesTheNext) {
    EXPECT_TRUE(use("a", "b", milliseconds{0}));
    EXPECT_TRUE(use("b", "c", milliseconds{600'000}));
    EXPECT_EQ(tokens_.newest, "c");
    EXPECT_FALSE(use("unknown", "d", milliseconds{600'000}));
}

TEST_F(RefreshTokensTest, SiblingsLiveOnByThemselves) {
    EXPECT_TRUE(use("a", "b", milliseconds{1'000}));
    EXPECT_TRUE(use("a", "c", milliseconds{5'000}));
    EXPECT_TRUE(use("a", "d", milliseconds{10'999}));
    EXPECT_TRUE(use("b", "b2", milliseconds{900'000}));
    EXPECT_TRUE(use("d", "d2", milliseconds{1'800'000}));
    EXPECT_TRUE(use("c", "c2", milliseconds{9'000'000}));
    EXPECT_TRUE(use("b2", "b3", milliseconds{9'000'000}));
}

TEST_F(RefreshTokensTest, TheMomentBeginsWithTheFirstUse) {
    EXPECT_TRUE(use("a", "b", milliseconds{1'000}));
    EXPECT_TRUE(use("a", "c", milliseconds{9'000}));
    EXPECT_FALSE(use("a", "d", milliseconds{11'000}));
}

// Another server's clock may be behind, but not for ever.
TEST_F(RefreshTokensTest, AClockThatIsBehindIsNoTheft) {
    EXPECT_TRUE(use("a", "b", milliseconds{100'000}));
    EXPECT_TRUE(use("a", "c", milliseconds{99'000}));
    EXPECT_FALSE(use("a", "d", milliseconds{90'000}));
}

TEST_F(RefreshTokensTest, WhatIsNeverUsedIsForgottenAtLast) {
    EXPECT_TRUE(use("a", "unused", milliseconds{0}));
    for (std::size_t i = 0; i < most_siblings; ++i)
        EXPECT_TRUE(use("a", "s" + std::to_string(i), milliseconds{1}));
    EXPECT_TRUE(use("s0", "next", milliseconds{60'000}));
    EXPECT_FALSE(use("unused", "more", milliseconds{60'000}));
    EXPECT_LT(tokens_.others.size(), 100U);
}

}  // namespace
}  // namespace mim::app
