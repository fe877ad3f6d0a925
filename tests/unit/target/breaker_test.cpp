#include "target/breaker.hpp"

#include <gtest/gtest.h>

namespace mim::target {
namespace {

using std::chrono::milliseconds;
using State = Breaker::State;
using Way = Breaker::Way;

constexpr BreakerSettings settings{.failures = 3, .pause = milliseconds(1'000)};

SteadyTime at(int time) {
    return SteadyTime(milliseconds(1'000'000 + time));
}

// One event a row, and what is so afterwards: the state, and the way of a call that comes then.
enum class Event { fail, fail_trial, succeed, greet, enter, leave };
struct Row {
    int time;
    Event event;
    State state;
    Way next;  // of another caller, who leaves at once
};

void run(const std::vector<Row>& rows) {
    Breaker breaker(settings);
    Breaker::Trial trial = 0;
    int number = 0;
    for (const Row& row : rows) {
        const auto now = at(row.time);
        switch (row.event) {
            case Event::fail:
                breaker.failed(now, 0);
                break;
            case Event::fail_trial:
                breaker.failed(now, trial);
                break;
            case Event::succeed:
                breaker.succeeded();
                break;
            case Event::greet:
                breaker.greeted(now);
                break;
            case Event::enter:
                trial = breaker.enter(now).trial;
                break;
            case Event::leave:
                breaker.leave(trial);
                break;
        }
        EXPECT_EQ(breaker.state(now), row.state) << "row " << number;
        const auto next = breaker.enter(now);
        EXPECT_EQ(next.way, row.next) << "row " << number;
        breaker.leave(next.trial);
        ++number;
    }
}

TEST(Breaker, OpensAfterFailuresInARow) {
    run({{0, Event::fail, State::closed, Way::free},
         {1, Event::fail, State::closed, Way::free},
         {2, Event::succeed, State::closed, Way::free},
         {3, Event::fail, State::closed, Way::free},
         {4, Event::greet, State::closed, Way::free},
         {5, Event::fail, State::closed, Way::free},
         {6, Event::fail, State::open, Way::kept_back}});
}

TEST(Breaker, LetsOneTryAfterThePause) {
    run({{0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::open, Way::kept_back},
         {999, Event::enter, State::open, Way::kept_back},
         {1'000, Event::enter, State::half_open, Way::kept_back},
         {1'500, Event::succeed, State::closed, Way::free},
         {1'501, Event::fail, State::closed, Way::free}});
}

TEST(Breaker, RestsAgainWhenTheTryFails) {
    run({{0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::open, Way::kept_back},
         {1'000, Event::enter, State::half_open, Way::kept_back},
         {1'300, Event::fail_trial, State::open, Way::kept_back},
         {2'299, Event::enter, State::open, Way::kept_back},
         {2'300, Event::enter, State::half_open, Way::kept_back}});
}

TEST(Breaker, ATryWithoutAVerdictMakesRoomForTheNext) {
    run({{0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::open, Way::kept_back},
         {1'000, Event::enter, State::half_open, Way::kept_back},
         {1'100, Event::leave, State::half_open, Way::trial}});
}

TEST(Breaker, AGreetingEndsThePauseAndNoMore) {
    run({{0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::open, Way::kept_back},
         {100, Event::greet, State::half_open, Way::trial},
         {100, Event::enter, State::half_open, Way::kept_back},
         {150, Event::greet, State::half_open, Way::kept_back}});
}

TEST(Breaker, LateNewsOfOlderCallsDoNotProlongThePause) {
    run({{0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::closed, Way::free},
         {0, Event::fail, State::open, Way::kept_back},
         {500, Event::fail, State::open, Way::kept_back},
         {1'000, Event::fail, State::half_open, Way::trial},
         {1'000, Event::enter, State::half_open, Way::kept_back},
         {1'001, Event::fail, State::half_open, Way::kept_back},
         {1'002, Event::succeed, State::closed, Way::free}});
}

TEST(Breaker, ATrialThatWasOvertakenDecidesNothing) {
    Breaker breaker(settings);
    for (int i = 0; i < 3; ++i) breaker.failed(at(0), 0);
    const auto first = breaker.enter(at(1'000)).trial;
    EXPECT_TRUE(breaker.is_current(first));
    breaker.succeeded();
    EXPECT_FALSE(breaker.is_current(first));
    for (int i = 0; i < 3; ++i) breaker.failed(at(1'100), 0);
    const auto second = breaker.enter(at(2'100)).trial;
    breaker.leave(first);
    breaker.failed(at(2'101), first);
    EXPECT_TRUE(breaker.is_current(second));
    EXPECT_EQ(breaker.state(at(2'101)), State::half_open);
}

TEST(Breaker, TellsHowLongItRests) {
    Breaker breaker(settings);
    EXPECT_EQ(breaker.pause_left(at(0)), milliseconds(0));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(breaker.failed(at(0), 0), i == 2);
    EXPECT_EQ(breaker.failures(), 3);
    EXPECT_EQ(breaker.pause_left(at(400)), milliseconds(600));
    EXPECT_EQ(breaker.pause_left(at(1'000)), milliseconds(0));
}

TEST(Breaker, MayBeSwitchedOff) {
    Breaker breaker({.failures = 0});
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(breaker.failed(at(i), 0));
    EXPECT_EQ(breaker.enter(at(100)).way, Way::free);
}

}  // namespace
}  // namespace mim::target
