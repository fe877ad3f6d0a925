// Slows down whoever guesses passwords, without a way to shut somebody else out.
//
// Wrong passwords are counted by where they come from: per account, as the caller named it, and network of
// the caller together; and per network over all accounts. Each further one costs a longer wait, up to a
// bound, and attempts during a wait are refused unread and not counted, so that every wait ends. Nothing that
// comes from elsewhere makes a caller wait. An account that does not exist is counted like any other.
//
// Where an account was logged in from an address before, and within a live session of it, that address or
// session has a count of its own instead: not even who shares the owner's network can shut the owner out.
//
// Who guesses one account from very many networks has a few guesses in each. So once an account has had many
// wrong passwords in all, a network that is not known to it has one guess at a time, and the waits between
// are the longest there are; whoever knows the password still gets in at the first attempt.
//
// The counters are of this process, bounded in number. Thread-safe; never blocks for long.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "app/login_guard/failure_counter.hpp"
#include "base/recently_used.hpp"
#include "base/result.hpp"

namespace mim::app {

struct LoginGuardRules {
    LockoutRule account{.free_failures = 5};   // from one network
    LockoutRule address{.free_failures = 50};  // an office or a CI fleet may share one network
    // Of one account, from all networks that are not known to it: beyond it each of them has one guess.
    unsigned scattered_failures = 100;
};

// Under what names an attempt is counted.
class LoginAttempt {
  public:
    // `identity` as the caller wrote it, in any case; `address` "" = unknown.
    [[nodiscard]] static LoginAttempt of_identity(std::string_view identity, std::string_view address);
    // Proving the password within a live session. A token may be in two hands, so the network counts too.
    [[nodiscard]] static LoginAttempt of_session(std::string_view session, std::string_view address);

    enum class Kind { stranger, session };
    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] const std::string& account() const { return account_; }
    // "" = not counted over all accounts.
    [[nodiscard]] const std::string& network() const { return network_; }
    // The account from this network, and from this very address.
    [[nodiscard]] std::string from_network() const { return account_ + "\n" + network_; }
    [[nodiscard]] std::string from_address() const { return account_ + "\n" + address_; }

  private:
    Kind kind_ = Kind::stranger;
    std::string account_;
    std::string network_;
    std::string address_;
};

class LoginGuard {
  public:
    static constexpr std::size_t capacity = 8'192;  // counters of each kind

    explicit LoginGuard(const LoginGuardRules& rules);

    // locked_out, with the wait. Asked before the password is looked at.
    [[nodiscard]] Done admit(const LoginAttempt& attempt, SteadyTime now);
    void failed(const LoginAttempt& attempt, SteadyTime now);
    void succeeded(const LoginAttempt& attempt);

  private:
    // Of a session, or of an address that the account was logged in from; none for all others.
    FailureCounter* trusted(const LoginAttempt& attempt);
    const LockoutRule& rule_after_one_more(const LoginAttempt& attempt, SteadyTime now);

    LoginGuardRules rules_;
    LockoutRule scattered_;
    std::mutex mutex_;
    using Counters = RecentlyUsed<FailureCounter>;
    Counters totals_{capacity};  // by account
    Counters pairs_{capacity};   // by account and network
    Counters networks_{capacity};
    Counters known_{capacity};     // by account and address
    Counters sessions_{capacity};  // by session and network
};

}  // namespace mim::app
