#include "app/login_guard/login_guard.hpp"

#include <algorithm>

#include "base/address_group.hpp"
#include "base/fold.hpp"

namespace mim::app {
namespace {

// In bytes; no account's name or email is longer, and a longer text must not cost more memory.
constexpr std::size_t longest_identity = 1'024;

// As long as a guess costs who has no other network left: 24 guesses a day from each.
constexpr std::chrono::seconds longest_scattered_wait{3'600};
constexpr std::chrono::seconds scattered_forgotten_after{24 * 3'600};

std::string number_of(AddressGroup group) {
    return std::to_string(static_cast<std::uint64_t>(group));
}

std::chrono::seconds wait_of(RecentlyUsed<FailureCounter>& counters, const std::string& name,
                             SteadyTime now) {
    const FailureCounter* counter = counters.find(name);
    return counter != nullptr ? counter->wait(now) : std::chrono::seconds{0};
}

}  // namespace

LoginAttempt LoginAttempt::of_identity(std::string_view identity, std::string_view address) {
    LoginAttempt attempt;
    attempt.account_ = "name " + fold(identity.substr(0, longest_identity));
    if (address.empty()) return attempt;
    attempt.network_ = number_of(address_network(address));
    attempt.address_ = number_of(address_group(address));
    return attempt;
}

LoginAttempt LoginAttempt::of_session(std::string_view session, std::string_view address) {
    LoginAttempt attempt = of_identity({}, address);
    attempt.kind_ = Kind::session;
    attempt.account_ = "session " + std::string(session);
    return attempt;
}

LoginGuard::LoginGuard(const LoginGuardRules& rules)
    : rules_(rules),
      scattered_{.free_failures = 1,
                 .first_wait = rules.account.longest_wait,
                 .longest_wait = std::max(rules.account.longest_wait, longest_scattered_wait),
                 .forgotten_after = scattered_forgotten_after} {}

FailureCounter* LoginGuard::trusted(const LoginAttempt& attempt) {
    if (attempt.kind() == LoginAttempt::Kind::session) return &sessions_.find_or_add(attempt.from_network());
    return known_.find(attempt.from_address());
}

const LockoutRule& LoginGuard::rule_after_one_more(const LoginAttempt& attempt, SteadyTime now) {
    FailureCounter& total = totals_.find_or_add(attempt.account());
    total.fail(rules_.account, now);
    return total.failures(rules_.account, now) > rules_.scattered_failures ? scattered_ : rules_.account;
}

Done LoginGuard::admit(const LoginAttempt& attempt, SteadyTime now) {
    const std::scoped_lock lock(mutex_);
    const FailureCounter* known = trusted(attempt);
    const std::chrono::seconds wait = known != nullptr
                                          ? known->wait(now)
                                          : std::max(wait_of(pairs_, attempt.from_network(), now),
                                                     wait_of(networks_, attempt.network(), now));
    if (wait.count() == 0) return {};
    return Error{ErrorCode::locked_out, "Too many wrong passwords: try again later", wait};
}

void LoginGuard::failed(const LoginAttempt& attempt, SteadyTime now) {
    const std::scoped_lock lock(mutex_);
    if (FailureCounter* known = trusted(attempt)) {
        known->fail(rules_.account, now);
        return;
    }
    const LockoutRule& rule = rule_after_one_more(attempt, now);
    pairs_.find_or_add(attempt.from_network()).fail(rule, now);
    if (!attempt.network().empty()) networks_.find_or_add(attempt.network()).fail(rules_.address, now);
}

// What strangers tried stays counted when the owner logs in from a known address or within a session: else
// each login of a script would give them new attempts. So does what came from all networks together.
void LoginGuard::succeeded(const LoginAttempt& attempt) {
    const std::scoped_lock lock(mutex_);
    if (FailureCounter* known = trusted(attempt)) {
        *known = {};
        return;
    }
    pairs_.remove(attempt.from_network());
    if (!attempt.network().empty()) known_.find_or_add(attempt.from_address()) = {};
}

}  // namespace mim::app
