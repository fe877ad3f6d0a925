#include <map>

#include <gtest/gtest.h>

#include "target/guard.hpp"

namespace mim::target {
namespace {

using std::chrono::milliseconds;

class HandClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return Timestamp{}; }
    [[nodiscard]] SteadyTime steady() const override { return SteadyTime(time); }
    milliseconds time{1'000'000};
};

class BreakersTest : public testing::Test {
  protected:
    Done call(Guard& guard, const Done& outcome, Call what = Call::read) {
        ++tried;
        const Done done = guard.pass(what, [&] { return outcome; });
        if (!done && done.error().code == ErrorCode::target_paused) --tried;
        return done;
    }
    std::unique_ptr<Guard> guard(const std::string& deployment = "a") {
        return std::make_unique<Guard>(breakers.of(deployment), counts, CallShares::Share(), [] {});
    }
    void open(const std::string& deployment = "a") {
        const auto one = guard(deployment);
        for (int i = 0; i < 2; ++i) (void)call(*one, silent);
    }

    const Done silent = Error(ErrorCode::target_timeout, "hello: no answer");
    HandClock clock;
    Breakers breakers{{.failures = 2, .pause = milliseconds(1'000)}, clock, silent_logger()};
    std::shared_ptr<CallCounts> counts = std::make_shared<CallCounts>();
    int tried = 0;
};

TEST_F(BreakersTest, ADeploymentIsLeftAloneWithItsCauseAndOthersAreNot) {
    open();
    const Done kept_back = call(*guard(), {});
    ASSERT_FALSE(kept_back);
    EXPECT_EQ(kept_back.error().code, ErrorCode::target_paused);
    EXPECT_EQ(
        kept_back.error().message,
        "not tried, because the last 2 calls failed, the latest so: hello: no answer; it is tried again "
        "in 1 s");
    EXPECT_TRUE(call(*guard("b"), {}));
}

TEST_F(BreakersTest, OneGuardTriesForAllUntilItKnows) {
    open();
    clock.time += milliseconds(1'000);
    auto first = guard();
    const auto second = guard();
    EXPECT_TRUE(call(*first, {}, Call::probe)) << "a greeting decides nothing";
    EXPECT_FALSE(call(*second, {}, Call::probe));
    EXPECT_TRUE(call(*first, {})) << "so the same guard goes on";
    EXPECT_TRUE(call(*second, {}));
}

TEST_F(BreakersTest, AGuardThatGoesLeavesTheTryToTheNext) {
    open();
    clock.time += milliseconds(1'000);
    auto first = guard();
    EXPECT_TRUE(call(*first, {}, Call::probe));
    EXPECT_FALSE(call(*guard(), {}));
    first.reset();
    EXPECT_TRUE(call(*guard(), {}));
}

TEST_F(BreakersTest, AForcedCallIsMadeAndEndsThePauseWhenItAnswers) {
    open();
    const auto tester = guard();
    EXPECT_FALSE(tester->force(Call::probe, [&] { return silent; }));
    EXPECT_FALSE(call(*guard(), {}));
    EXPECT_TRUE(tester->force(Call::probe, [] { return Done{}; }));
    EXPECT_TRUE(call(*guard(), {}));
}

TEST_F(BreakersTest, FiguresTellStatesAndCalls) {
    open("a");
    open("b");
    const auto held = guard("c");
    (void)call(*held, {});
    clock.time += milliseconds(500);
    (void)call(*guard("a"), {});
    app::TargetFigures figures;
    breakers.count(figures);
    EXPECT_EQ(figures.breakers_open, 2U);
    EXPECT_EQ(figures.breakers_closed, 1U);
    EXPECT_EQ(figures.breakers_opened, 2);
    clock.time += milliseconds(500);
    app::TargetFigures later;
    breakers.count(later);
    EXPECT_EQ(later.breakers_half_open, 2U);
    std::map<std::string_view, std::int64_t> by_result;
    for (const auto& one : counts->all()) by_result[one.result] += one.count;
    EXPECT_EQ(by_result, (std::map<std::string_view, std::int64_t>{
                             {"ok", 1}, {"target_paused", 1}, {"target_timeout", 4}}));
}

TEST_F(BreakersTest, WhatNobodyHoldsIsForgottenOnceItsPauseIsOver) {
    open("a");
    (void)breakers.of("b");
    app::TargetFigures during;
    breakers.count(during);
    EXPECT_EQ(during.breakers_open + during.breakers_closed, 2U);
    clock.time += milliseconds(1'000);
    (void)breakers.of("c");
    app::TargetFigures after;
    breakers.count(after);
    EXPECT_EQ(after.breakers_half_open + after.breakers_closed, 1U);
    EXPECT_EQ(after.breakers_opened, 1) << "the count of openings only grows";
}

}  // namespace
}  // namespace mim::target
