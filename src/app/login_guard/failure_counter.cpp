#include "app/login_guard/failure_counter.hpp"

#include "base/doubled_wait.hpp"

namespace mim::app {
namespace {

std::chrono::seconds wait_after(unsigned failures, const LockoutRule& rule) {
    if (failures < rule.free_failures) return std::chrono::seconds{0};
    return doubled_wait(rule.first_wait, failures - rule.free_failures, rule.longest_wait);
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
