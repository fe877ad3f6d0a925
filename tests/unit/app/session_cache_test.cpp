#include "app/session_cache.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace mim::app {
namespace {

SessionCache::Session session_of(const std::string& token_id) {
    Claims claims{.user = UserId::generate(), .family = TokenFamilyId::generate()};
    claims.token_id = token_id;
    return {claims, SteadyTime{}, 0};
}

TEST(SessionCacheTest, FindsWhatItKeeps) {
    SessionCache cache;
    EXPECT_FALSE(cache.find("a"));
    cache.keep("a", session_of("1"));
    cache.keep("b", session_of("2"));
    EXPECT_EQ(cache.find("a")->claims.token_id, "1");
    cache.keep("a", session_of("3"));
    EXPECT_EQ(cache.find("a")->claims.token_id, "3");
    cache.drop("a");
    cache.drop("a");
    EXPECT_FALSE(cache.find("a"));
    EXPECT_EQ(cache.find("b")->claims.token_id, "2");
}

TEST(SessionCacheTest, IsBoundedAndForgetsTheLeastRecentlyUsed) {
    SessionCache cache;
    cache.keep("mine", session_of("mine"));
    for (std::size_t i = 0; i < 3 * SessionCache::capacity; ++i) {
        cache.keep("token " + std::to_string(i), session_of(""));
        ASSERT_TRUE(cache.find("mine")) << i;  // in use all the time
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < 3 * SessionCache::capacity; ++i)
        kept += cache.find("token " + std::to_string(i)) ? 1 : 0;
    EXPECT_LE(kept, SessionCache::capacity);
    EXPECT_GT(kept, SessionCache::capacity / 2);
    EXPECT_FALSE(cache.find("token 0"));
}

TEST(SessionCacheTest, ManyThreadsMayUseItAtOnce) {
    SessionCache cache;
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 3000; ++i) {
                const std::string token = "token " + std::to_string((i * 7 + thread) % 500);
                cache.keep(token, session_of(token));
                const auto found = cache.find(token);
                if (found && found->claims.token_id != token) ++wrong;
                if (i % 11 == 0) cache.drop(token);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace mim::app
