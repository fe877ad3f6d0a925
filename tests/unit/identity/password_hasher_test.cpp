#include "identity/password_hasher.hpp"

#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace mim::identity {
namespace {

using Verdict = app::PasswordHasher::Verdict;

TEST(PasswordHasher, VerifiesItsOwnHashes) {
    const auto hasher = create_password_hasher({{64 * 1024, 1}, 2});
    const auto hash = hasher->hash(Secret("s3cret"));
    ASSERT_TRUE(hash);
    EXPECT_EQ(hasher->verify(Secret("s3cret"), *hash), Verdict::matches);
    EXPECT_EQ(hasher->verify(Secret("other"), *hash), Verdict::differs);
    EXPECT_EQ(hasher->verify_nobody(Secret("s3cret")), Verdict::differs);
}

TEST(PasswordHasher, ManyThreadsTakeTurns) {
    const auto hasher = create_password_hasher({{64 * 1024, 1}, 1});
    const auto hash = hasher->hash(Secret("p")).value();
    std::atomic<int> matched{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            if (hasher->verify(Secret("p"), hash) == Verdict::matches) ++matched;
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(matched, 8);
}

// A refused hash would answer at once; a real one takes the memory and the passes.
TEST(PasswordHasher, NobodyCostsAsMuchAsSomebody) {
    const auto hasher = create_password_hasher({{4 * 1024 * 1024, 3}, 1});
    const auto hash = hasher->hash(Secret("p")).value();
    // The best of a few, so that a busy machine does not decide.
    const auto time = [](auto&& work) {
        auto best = std::chrono::steady_clock::duration::max();
        for (int i = 0; i < 5; ++i) {
            const auto started = std::chrono::steady_clock::now();
            work();
            best = std::min(best, std::chrono::steady_clock::now() - started);
        }
        return best;
    };
    const auto somebody = time([&] { (void)hasher->verify(Secret("q"), hash); });
    const auto nobody = time([&] { (void)hasher->verify_nobody(Secret("q")); });
    EXPECT_GT(nobody * 4, somebody);
}

}  // namespace
}  // namespace mim::identity
