#include "app/session_cache.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace mim::app {
namespace {

// Told apart by when it expires.
SessionCache::Session session_of(int milliseconds) {
    return {{UserId::generate(), TokenFamilyId::generate(), Role::editor},
            Timestamp{std::chrono::milliseconds{milliseconds}},
            SteadyTime{},
            0};
}

int number_of(const std::optional<SessionCache::Session>& session) {
    return session ? static_cast<int>(session->expires_at.time_since_epoch().count()) : -1;
}

TEST(SessionCacheTest, FindsWhatItKeeps) {
    SessionCache cache;
    EXPECT_FALSE(cache.find("a"));
    cache.keep("a", session_of(1));
    cache.keep("b", session_of(2));
    EXPECT_EQ(number_of(cache.find("a")), 1);
    cache.keep("a", session_of(3));
    EXPECT_EQ(number_of(cache.find("a")), 3);
    cache.drop("a");
    cache.drop("a");
    EXPECT_FALSE(cache.find("a"));
    EXPECT_EQ(number_of(cache.find("b")), 2);
}

TEST(SessionCacheTest, IsBoundedAndForgetsTheLeastRecentlyUsed) {
    SessionCache cache;
    cache.keep("mine", session_of(1));
    for (std::size_t i = 0; i < 3 * SessionCache::capacity; ++i) {
        cache.keep("token " + std::to_string(i), session_of(0));
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
                const int number = (i * 7 + thread) % 500;
                const std::string token = "token " + std::to_string(number);
                cache.keep(token, session_of(number));
                const auto found = cache.find(token);
                if (found && number_of(found) != number) ++wrong;
                if (i % 11 == 0) cache.drop(token);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace mim::app
