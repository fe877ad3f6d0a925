// Slows down whoever guesses passwords, without a way to shut somebody else out.
//
// Wrong passwords are counted per account, as the caller named it, and per address of the caller; each
// further one costs a longer wait, up to a bound, and attempts during a wait are refused unread and not
// counted, so that every wait ends. An account that does not exist is counted like any other. Where an
// account was logged in from an address before, the pair of both is counted instead: strangers elsewhere
// cannot shut out the owner. The counters are of this process, bounded in number. Thread-safe; never blocks
// for long.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "app/login_guard/counter_cache.hpp"
#include "base/result.hpp"

namespace mim::app {

struct LoginGuardRules {
    LockoutRule account{.free_failures = 5};
    LockoutRule address{.free_failures = 50};  // an office or a CI fleet may share one
};

// Under what names an attempt is counted.
class LoginAttempt {
  public:
    // `identity` as the caller wrote it, in any case; `address` "" = unknown, not counted.
    [[nodiscard]] static LoginAttempt of_identity(std::string_view identity, std::string_view address);
    // Proving the password again within a session; has no address.
    [[nodiscard]] static LoginAttempt of_session(std::string_view user_id);

    [[nodiscard]] const std::string& account() const { return account_; }
    [[nodiscard]] const std::string& address() const { return address_; }
    [[nodiscard]] std::string pair() const { return account_ + "\n" + address_; }

  private:
    std::string account_;
    std::string address_;
};

class LoginGuard {
  public:
    static constexpr std::size_t capacity = 8'192;  // counters of each kind

    explicit LoginGuard(const LoginGuardRules& rules) : rules_(rules) {}

    // locked_out, with the wait. Asked before the password is looked at.
    [[nodiscard]] Done admit(const LoginAttempt& attempt, SteadyTime now);
    void failed(const LoginAttempt& attempt, SteadyTime now);
    void succeeded(const LoginAttempt& attempt);

  private:
    LoginGuardRules rules_;
    std::mutex mutex_;
    CounterCache accounts_{capacity};
    CounterCache addresses_{capacity};
    CounterCache known_pairs_{capacity};
};

}  // namespace mim::app
