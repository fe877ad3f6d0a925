#include "observe/apm/sender.hpp"

#include <gtest/gtest.h>

#include "drivers/curl/url.hpp"

namespace mim::observe {
namespace {

using std::chrono::milliseconds;

TEST(Pause, GrowsWithTheSquareOfTheFailuresUpToABound) {
    for (const auto& [failures, middle] : {std::pair{1, 0},
                                           {2, 1'000},
                                           {3, 4'000},
                                           {4, 9'000},
                                           {5, 16'000},
                                           {6, 25'000},
                                           {7, 36'000},
                                           {8, 36'000},
                                           {1'000'000, 36'000}}) {
        EXPECT_EQ(pause_after(failures, 0.5), milliseconds{middle}) << failures;
        EXPECT_GE(pause_after(failures, 0), milliseconds{middle * 9 / 10} - milliseconds{1}) << failures;
        EXPECT_LE(pause_after(failures, 1), milliseconds{middle * 11 / 10} + milliseconds{1}) << failures;
    }
}

TEST(ServerUrl, IsABaseWithoutCredentials) {
    EXPECT_EQ(*curl::parse_base_url("http://127.0.0.1:8200/"), "http://127.0.0.1:8200");
    EXPECT_EQ(*curl::parse_base_url("https://apm.example.org/below"), "https://apm.example.org/below");
    for (const char* bad : {"", "127.0.0.1:8200", "ftp://a/", "http://", "http://u@a/", "http://u:p@a/",
                            "http://a/?q=1", "http://a/#f", "file:///etc/passwd"}) {
        const auto parsed = curl::parse_base_url(bad);
        ASSERT_FALSE(parsed) << bad;
        EXPECT_EQ(parsed.error().message.find("u:p"), std::string::npos);
    }
}

}  // namespace
}  // namespace mim::observe
