#include "base/time.hpp"

#include <gtest/gtest.h>

#include "base/deadline.hpp"

namespace mim {
namespace {

TEST(Time, PrintsAndReadsMilliseconds) {
    const std::string text = "2026-02-28T23:59:58.007Z";
    const auto time = parse_rfc3339(text);
    ASSERT_TRUE(time);
    EXPECT_EQ(to_rfc3339(*time), text);
}

TEST(Time, ReadsWholeSeconds) {
    EXPECT_EQ(to_rfc3339(*parse_rfc3339("1970-01-01T00:00:01Z")), "1970-01-01T00:00:01.000Z");
}

TEST(Time, RefusesWhatIsNoTime) {
    for (const auto* text :
         {"", "2026-02-30T00:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
          "2026-01-01T00:00:00.1Z", "2026-01-01T00:00:00.123", "+026-01-01T00:00:00Z"}) {
        EXPECT_FALSE(parse_rfc3339(text)) << text;
    }
}

TEST(Deadline, LeftIsNeverNegative) {
    const Deadline past(std::chrono::steady_clock::now() - std::chrono::hours{1});
    EXPECT_EQ(past.left().count(), 0);
    EXPECT_TRUE(past.passed());
}

TEST(Deadline, AtMostTakesTheEarlier) {
    const auto near = Deadline::after(std::chrono::hours{2}).at_most(std::chrono::hours{1});
    EXPECT_LE(near.left(), std::chrono::hours{1});
    EXPECT_GT(near.left(), std::chrono::minutes{59});
}

}  // namespace
}  // namespace mim
