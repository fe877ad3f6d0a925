#include "base/id.hpp"

#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mim {
namespace {

TEST(Id, ParsesExactly24HexDigits) {
    EXPECT_TRUE(UserId::parse("0123456789abcdef01234567"));
    for (const auto* text :
         {"", "0123456789abcdef0123456", "0123456789abcdef012345678", "0123456789abcdef0123456g"}) {
        EXPECT_FALSE(UserId::parse(text)) << text;
    }
}

TEST(Id, UpperCaseIsTheSameId) {
    EXPECT_EQ(UserId::parse("0123456789ABCDEF01234567"), UserId::parse("0123456789abcdef01234567"));
}

TEST(Id, GeneratedIdsParseAndGrow) {
    auto previous = UserId::generate();
    for (int round = 0; round < 100; ++round) {
        const auto next = UserId::generate();
        EXPECT_TRUE(UserId::parse(next.text()));
        // The counter may wrap once in 16 million; the time part never goes back.
        EXPECT_GE(next.text().substr(0, 8), previous.text().substr(0, 8));
        previous = next;
    }
}

TEST(Id, UniqueAcrossThreads) {
    constexpr int threads = 4, each = 5'000;
    std::vector<std::vector<std::string>> made(threads);
    std::vector<std::thread> running;
    for (auto& list : made) {
        running.emplace_back([&list] {
            for (int round = 0; round < each; ++round) list.push_back(generate_id_digits());
        });
    }
    for (auto& thread : running) thread.join();
    std::set<std::string> all;
    for (const auto& list : made) all.insert(list.begin(), list.end());
    EXPECT_EQ(all.size(), static_cast<std::size_t>(threads * each));
}

}  // namespace
}  // namespace mim
