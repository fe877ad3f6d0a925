#include "target/breaker.hpp"

#include <algorithm>

namespace mim::target {

using std::chrono::milliseconds;

Breaker::State Breaker::state(SteadyTime now) const {
    if (opened_ == Opened::no) return State::closed;
    return now < pause_ends_ ? State::open : State::half_open;
}

milliseconds Breaker::pause_left(SteadyTime now) const {
    if (state(now) != State::open) return milliseconds{0};
    return std::chrono::ceil<milliseconds>(pause_ends_ - now);
}

Breaker::Entry Breaker::enter(SteadyTime now) {
    switch (state(now)) {
        case State::closed:
            return {};
        case State::open:
            return {Way::kept_back, 0};
        case State::half_open:
            break;
    }
    if (trial_ != 0) return {Way::kept_back, 0};
    trial_ = ++last_trial_;
    return {Way::trial, trial_};
}

void Breaker::succeeded() {
    failures_ = 0;
    opened_ = Opened::no;
    trial_ = 0;
}

void Breaker::greeted(SteadyTime now) {
    if (state(now) == State::open) pause_ends_ = now;
}

void Breaker::open(SteadyTime now) {
    opened_ = Opened::yes;
    pause_ends_ = now + settings_.pause;
    trial_ = 0;
}

bool Breaker::failed(SteadyTime now, Trial trial) {
    if (state(now) == State::closed) {
        ++failures_;
        if (settings_.failures == 0 || failures_ < settings_.failures) return false;
        open(now);
        return true;
    }
    if (!is_current(trial)) return false;
    ++failures_;
    open(now);
    return true;
}

void Breaker::leave(Trial trial) {
    if (is_current(trial)) trial_ = 0;
}

}  // namespace mim::target
