#include "base/doubled_wait.hpp"

#include <chrono>
#include <limits>

#include <gtest/gtest.h>

namespace mim {
namespace {

using std::chrono::milliseconds;

TEST(DoubledWait, DoublesUpToTheLongest) {
    EXPECT_EQ(doubled_wait(milliseconds{500}, 0, milliseconds{10'000}), milliseconds{500});
    EXPECT_EQ(doubled_wait(milliseconds{500}, 3, milliseconds{10'000}), milliseconds{4'000});
    EXPECT_EQ(doubled_wait(milliseconds{500}, 5, milliseconds{10'000}), milliseconds{10'000});
    EXPECT_EQ(doubled_wait(milliseconds{500}, 1, milliseconds{100}), milliseconds{100});
}

TEST(DoubledWait, EndsHoweverOften) {
    constexpr unsigned very_often = std::numeric_limits<unsigned>::max();
    EXPECT_EQ(doubled_wait(milliseconds{1}, very_often, milliseconds{60'000}), milliseconds{60'000});
    EXPECT_EQ(doubled_wait(milliseconds{0}, very_often, milliseconds{60'000}), milliseconds{0});
}

TEST(DoubledWait, ChanceTakesHalfOfItAtMost) {
    std::minstd_rand chance(1);
    for (int i = 0; i < 1'000; ++i) {
        const auto wait = uneven_wait(milliseconds{100}, chance);
        EXPECT_GE(wait, milliseconds{50});
        EXPECT_LE(wait, milliseconds{100});
    }
}

}  // namespace
}  // namespace mim
