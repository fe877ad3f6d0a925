#include "app/login_guard/login_guard.hpp"

#include <algorithm>

#include "base/address_group.hpp"
#include "base/fold.hpp"

namespace mim::app {
namespace {

// In bytes; no account's name or email is longer, and a longer text must not cost more memory.
constexpr std::size_t longest_identity = 1'024;

std::chrono::seconds wait_of(CounterCache& counters, const std::string& name, SteadyTime now) {
    const FailureCounter* counter = counters.find(name);
    return counter != nullptr ? counter->wait(now) : std::chrono::seconds{0};
}

}  // namespace

LoginAttempt LoginAttempt::of_identity(std::string_view identity, std::string_view address) {
    LoginAttempt attempt;
    attempt.account_ = "name " + fold(identity.substr(0, longest_identity));
    if (!address.empty())
        attempt.address_ = std::to_string(static_cast<std::uint64_t>(address_group(address)));
    return attempt;
}

LoginAttempt LoginAttempt::of_session(std::string_view user_id) {
    LoginAttempt attempt;
    attempt.account_ = "user " + std::string(user_id);
    return attempt;
}

Done LoginGuard::admit(const LoginAttempt& attempt, SteadyTime now) {
    const std::scoped_lock lock(mutex_);
    const FailureCounter* known = known_pairs_.find(attempt.pair());
    const std::chrono::seconds wait = known != nullptr
                                          ? known->wait(now)
                                          : std::max(wait_of(accounts_, attempt.account(), now),
                                                     wait_of(addresses_, attempt.address(), now));
    if (wait.count() == 0) return {};
    return Error{ErrorCode::locked_out, "Too many wrong passwords: try again later", wait};
}

void LoginGuard::failed(const LoginAttempt& attempt, SteadyTime now) {
    const std::scoped_lock lock(mutex_);
    if (FailureCounter* known = known_pairs_.find(attempt.pair())) {
        known->fail(rules_.account, now);
        return;
    }
    accounts_.find_or_add(attempt.account()).fail(rules_.account, now);
    if (!attempt.address().empty()) addresses_.find_or_add(attempt.address()).fail(rules_.address, now);
}

// What strangers tried elsewhere stays counted when the owner logs in from a known address: else each login
// of a script would give them new attempts.
void LoginGuard::succeeded(const LoginAttempt& attempt) {
    const std::scoped_lock lock(mutex_);
    if (FailureCounter* known = known_pairs_.find(attempt.pair())) {
        *known = {};
        return;
    }
    accounts_.remove(attempt.account());
    if (!attempt.address().empty()) known_pairs_.find_or_add(attempt.pair()) = {};
}

}  // namespace mim::app
