#include "base/recurring_task.hpp"

#include <atomic>
#include <future>
#include <new>

#include <gtest/gtest.h>

namespace mim {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds never{3'600'000};

TEST(RecurringTask, ComesAgainAndAgain) {
    std::atomic<int> turns{0};
    std::promise<void> third;
    RecurringTask task(milliseconds{1}, RecurringTask::First::after_a_pause, [&] {
        if (++turns == 3) third.set_value();
    });
    EXPECT_EQ(third.get_future().wait_for(std::chrono::seconds{30}), std::future_status::ready);
}

TEST(RecurringTask, WhatATurnThrowsEndsThatTurnAlone) {
    std::atomic<int> turns{0};
    std::promise<void> third;
    RecurringTask task(milliseconds{1}, RecurringTask::First::at_once, [&] {
        if (++turns == 3) third.set_value();
        if (turns < 3) throw std::bad_alloc();
    });
    EXPECT_EQ(third.get_future().wait_for(std::chrono::seconds{30}), std::future_status::ready);
}

TEST(RecurringTask, BeginsAtOnceOrAfterAPause) {
    std::promise<void> begun;
    std::atomic<bool> too_early{false};
    {
        RecurringTask later(never, RecurringTask::First::after_a_pause, [&] { too_early = true; });
        RecurringTask now(never, RecurringTask::First::at_once, [&] { begun.set_value(); });
        EXPECT_EQ(begun.get_future().wait_for(std::chrono::seconds{30}), std::future_status::ready);
    }
    EXPECT_FALSE(too_early);
}

TEST(RecurringTask, EndsAfterTheTurnThatHasBegunAndWithoutAnother) {
    std::promise<void> begun, go_on;
    std::atomic<int> ended{0};
    auto task = std::make_unique<RecurringTask>(milliseconds{1}, RecurringTask::First::at_once, [&] {
        if (ended > 0) return;
        begun.set_value();
        go_on.get_future().wait();
        ++ended;
    });
    begun.get_future().wait();
    auto ending = std::async(std::launch::async, [&] { task.reset(); });
    EXPECT_EQ(ending.wait_for(milliseconds{20}), std::future_status::timeout);
    go_on.set_value();
    ending.wait();
    EXPECT_EQ(ended, 1);
}

}  // namespace
}  // namespace mim
