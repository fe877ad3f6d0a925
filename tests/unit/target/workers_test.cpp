#include "target/workers.hpp"

#include <latch>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace mim::target {
namespace {

using std::chrono::milliseconds;

TEST(Workers, EveryNumberIsTakenOnceByAtMostSoManyThreads) {
    Workers workers(3, milliseconds(5'000));
    struct Seen {
        std::mutex mutex;
        std::multiset<std::size_t> numbers;
        std::set<std::thread::id> threads;
    };
    const auto seen = std::make_shared<Seen>();
    const auto waited =
        run_concurrently(workers, 1'000, 8, Deadline::after(milliseconds(10'000)), [seen](Numbers& numbers) {
            while (const auto number = numbers.next()) {
                const std::scoped_lock lock(seen->mutex);
                seen->numbers.insert(*number);
                seen->threads.insert(std::this_thread::get_id());
            }
        });
    ASSERT_TRUE(waited);
    EXPECT_EQ(*waited, Waited::all_done);
    EXPECT_EQ(seen->numbers.size(), 1'000U);
    EXPECT_EQ(std::set<std::size_t>(seen->numbers.begin(), seen->numbers.end()).size(), 1'000U);
    EXPECT_LE(seen->threads.size(), 3U);
}

TEST(Workers, TheDeadlineFreesTheCallerAndStopsTheRunners) {
    Workers workers(2, milliseconds(5'000));
    const auto release = std::make_shared<std::latch>(1);
    const auto taken = std::make_shared<std::atomic<int>>(0);
    const auto waited = run_concurrently(workers, 100, 2, Deadline::after(milliseconds(20)),
                                         [release, taken](Numbers& numbers) {
                                             while (numbers.next()) {
                                                 ++*taken;
                                                 release->wait();
                                             }
                                         });
    ASSERT_TRUE(waited);
    EXPECT_EQ(*waited, Waited::deadline_passed);
    release->count_down();
    EXPECT_LE(taken->load(), 2);
}

TEST(Workers, NothingToDoIsDoneAtOnce) {
    Workers workers(1, milliseconds(1'000));
    const auto waited = run_concurrently(workers, 0, 0, Deadline::after(milliseconds(0)), [](Numbers&) {});
    ASSERT_TRUE(waited);
    EXPECT_EQ(*waited, Waited::all_done);
}

TEST(Workers, WhatARunnerThrowsIsTheErrorOfItsCall) {
    Workers workers(2, milliseconds(5'000));
    const auto waited = run_concurrently(
        workers, 100, 2, Deadline::after(milliseconds(10'000)),
        [](Numbers& numbers) { throw std::length_error("number " + std::to_string(*numbers.next())); });
    ASSERT_FALSE(waited);
    EXPECT_EQ(waited.error().code, ErrorCode::internal);
    EXPECT_NE(waited.error().message.find("number"), std::string::npos) << waited.error().message;
}

TEST(Workers, AThreadOutlivesATaskThatThrows) {
    Workers workers(1, milliseconds(5'000));
    const auto survived = std::make_shared<std::latch>(1);
    workers.run([] { throw std::length_error("nobody hears this"); });
    workers.run([survived] { survived->count_down(); });
    survived->wait();
}

// A thread that hangs for ever must not keep the process from ending.
TEST(Workers, ClosingLeavesAHangingThreadBehind) {
    const auto release = std::make_shared<std::latch>(1);
    const auto started = std::make_shared<std::latch>(1);
    {
        Workers workers(1, milliseconds(10));
        workers.run([release, started] {
            started->count_down();
            release->wait();
        });
        started->wait();
    }
    release->count_down();
    SUCCEED();
}

}  // namespace
}  // namespace mim::target
