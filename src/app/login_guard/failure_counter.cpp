#include "app/login_guard/failure_counter.hpp"

#include <algorithm>

namespace mim::app {
namespace {

std::chrono::seconds wait_after(unsigned failures, const LockoutRule& rule) {
    if (failures < rule.free_failures) return std::chrono::seconds{0};
    constexpr unsigned most_doublings = 30;  // far beyond any longest wait, far from overflow
    const unsigned doublings = std::min(failures - rule.free_failures, most_doublings);
    return std::min(rule.first_wait * (std::int64_t{1} << doublings), rule.longest_wait);
}

}  // namespace

void FailureCounter::fail(const LockoutRule& rule, SteadyTime now) {
    failures_ = failures(rule, now) + 1;
    last_ = now;
    locked_until_ = now + wait_after(failures_, rule);
}

std::chrono::seconds FailureCounter::wait(SteadyTime now) const {
    if (now >= locked_until_) return std::chrono::seconds{0};
    return std::chrono::ceil<std::chrono::seconds>(locked_until_ - now);
}

unsigned FailureCounter::failures(const LockoutRule& rule, SteadyTime now) const {
    return now - last_ >= rule.forgotten_after ? 0 : failures_;
}

}  // namespace mim::app
