#include "base/recently_used.hpp"

#include <gtest/gtest.h>

namespace mim {
namespace {

TEST(RecentlyUsed, ForgetsTheOneThatWasUsedLongestAgo) {
    RecentlyUsed<int> cache(2);
    cache.find_or_add("a") = 1;
    cache.keep("b", 2);
    ASSERT_NE(cache.find("a"), nullptr);
    cache.keep("c", 3);
    EXPECT_EQ(cache.find("b"), nullptr);
    EXPECT_EQ(*cache.find("a"), 1);
    cache.remove("a");
    cache.remove("nobody");
    EXPECT_EQ(cache.size(), 1U);
}

TEST(RecentlyUsed, KeepsOneValueForAName) {
    RecentlyUsed<int> cache(2);
    cache.keep("a", 1);
    cache.keep("a", 2);
    EXPECT_EQ(cache.find_or_add("a"), 2);
    EXPECT_EQ(cache.size(), 1U);
}

}  // namespace
}  // namespace mim
