#include "app/login_guard/login_guard.hpp"

#include <gtest/gtest.h>

#include "contract/outcome.hpp"

namespace mim::app {
namespace {

using contract::ok;
using contract::outcome;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr LockoutRule rule{
    .free_failures = 3, .first_wait = seconds{1}, .longest_wait = seconds{10}, .forgotten_after = minutes{5}};

TEST(FailureCounter, waits_twice_as_long_each_time_up_to_a_bound) {
    FailureCounter counter;
    SteadyTime now{};
    std::vector<seconds::rep> waits;
    for (int failure = 0; failure < 9; ++failure) {
        counter.fail(rule, now);
        waits.push_back(counter.wait(now).count());
        now += counter.wait(now);
    }
    EXPECT_EQ(waits, (std::vector<seconds::rep>{0, 0, 1, 2, 4, 8, 10, 10, 10}));
    EXPECT_EQ(counter.wait(now).count(), 0);
}

TEST(FailureCounter, begins_again_after_a_quiet_time) {
    FailureCounter counter;
    SteadyTime now{};
    for (int failure = 0; failure < 5; ++failure) counter.fail(rule, now);
    now += rule.forgotten_after;
    counter.fail(rule, now);
    EXPECT_EQ(counter.wait(now).count(), 0);
}

TEST(FailureCounter, never_overflows) {
    FailureCounter counter;
    for (int failure = 0; failure < 5'000; ++failure) counter.fail(rule, SteadyTime{});
    EXPECT_EQ(counter.wait(SteadyTime{}), rule.longest_wait);
}

class LoginGuardTest : public ::testing::Test {
  protected:
    void fail(const LoginAttempt& attempt, int times) {
        for (int count = 0; count < times; ++count) guard_.failed(attempt, now_);
    }
    [[nodiscard]] std::string admitted(const LoginAttempt& attempt) {
        return outcome(guard_.admit(attempt, now_));
    }
    static LoginAttempt from(const std::string& address, const std::string& identity = "ada") {
        return LoginAttempt::of_identity(identity, address);
    }

    LoginGuard guard_{
        {.account = {.free_failures = 3}, .address = {.free_failures = 6}, .scattered_failures = 10}};
    SteadyTime now_{};
};

TEST_F(LoginGuardTest, an_account_is_counted_by_the_network_and_however_it_is_written) {
    fail(from("192.0.2.1", "Ada"), 1);
    fail(from("192.0.2.2", "ADA"), 1);
    EXPECT_EQ(admitted(from("192.0.2.3")), ok);
    fail(from("192.0.2.3", "ada"), 1);
    const Done refused = guard_.admit(from("192.0.2.4"), now_);
    ASSERT_EQ(outcome(refused), "locked_out");
    EXPECT_EQ(refused.error().retry_after, seconds{1});
    EXPECT_EQ(admitted(from("192.0.2.4", "bob")), ok);
    EXPECT_EQ(admitted(from("192.0.3.4")), ok);  // nobody is kept out by who guesses elsewhere
    now_ += seconds{1};
    EXPECT_EQ(admitted(from("192.0.2.4")), ok);
}

TEST_F(LoginGuardTest, a_network_is_counted_over_all_accounts) {
    for (int number = 0; number < 6; ++number) fail(from("2001:db8::1", "user" + std::to_string(number)), 1);
    EXPECT_EQ(admitted(from("2001:db8:0:ff::2", "ada")), "locked_out");  // the same network
    EXPECT_EQ(admitted(from("2001:db8:0:100::1", "ada")), ok);
}

TEST_F(LoginGuardTest, success_ends_the_count_of_the_account_there) {
    fail(from("192.0.2.1"), 2);
    guard_.succeeded(from("192.0.2.1"));
    fail(from("192.0.2.2"), 2);
    EXPECT_EQ(admitted(from("192.0.2.2")), ok);
}

TEST_F(LoginGuardTest, strangers_cannot_shut_out_the_owner_nor_use_the_owners_success) {
    guard_.succeeded(from("192.0.2.200"));
    fail(from("192.0.2.1"), 20);
    EXPECT_EQ(admitted(from("192.0.2.1")), "locked_out");
    EXPECT_EQ(admitted(from("192.0.2.200")), ok);  // an address that is known, in the stranger's network
    guard_.succeeded(from("192.0.2.200"));
    EXPECT_EQ(admitted(from("192.0.2.1")), "locked_out");
    EXPECT_EQ(admitted(from("192.0.2.9")), "locked_out");
}

TEST_F(LoginGuardTest, a_known_address_is_no_way_to_guess) {
    guard_.succeeded(from("198.51.100.1"));
    fail(from("198.51.100.1"), 3);
    EXPECT_EQ(admitted(from("198.51.100.1")), "locked_out");
    EXPECT_EQ(admitted(from("192.0.2.1")), ok);
}

// Ten networks with a guess each, and then each further one has a single guess and a long wait.
TEST_F(LoginGuardTest, guesses_from_very_many_networks_slow_down_and_the_password_still_opens) {
    for (int network = 0; network < 10; ++network) fail(from("10.0." + std::to_string(network) + ".1"), 1);
    EXPECT_EQ(admitted(from("10.0.3.1")), ok);
    fail(from("10.1.0.1"), 1);
    const Done refused = guard_.admit(from("10.1.0.1"), now_);
    ASSERT_EQ(outcome(refused), "locked_out");
    EXPECT_EQ(refused.error().retry_after, LockoutRule{}.longest_wait);
    EXPECT_EQ(admitted(from("198.51.100.1")), ok);  // the owner, somewhere new
    fail(from("10.1.0.1", "bob"), 1);
    EXPECT_EQ(admitted(from("10.1.0.1", "bob")), ok);
    now_ += std::chrono::hours{2};  // quiet
    fail(from("10.2.0.1"), 1);
    EXPECT_EQ(admitted(from("10.2.0.1")), ok);
}

TEST_F(LoginGuardTest, a_session_is_counted_by_itself_and_by_its_network) {
    const auto within = [](const std::string& session, const std::string& address) {
        return LoginAttempt::of_session(session, address);
    };
    fail(within("stolen", "192.0.2.1"), 20);
    EXPECT_EQ(admitted(within("stolen", "192.0.2.1")), "locked_out");
    EXPECT_EQ(admitted(within("stolen", "198.51.100.1")), ok);
    EXPECT_EQ(admitted(within("owners", "192.0.2.1")), ok);
    EXPECT_EQ(admitted(from("192.0.2.1", "ada")), ok);
    fail(from("192.0.2.1", "owners"), 20);
    EXPECT_EQ(admitted(within("owners", "192.0.2.1")), ok);
}

TEST_F(LoginGuardTest, who_comes_from_nowhere_known_is_counted_by_the_account_alone) {
    fail(from("", "bob"), 3);
    EXPECT_EQ(admitted(from("", "bob")), "locked_out");
    EXPECT_EQ(admitted(from("", "eve")), ok);
}

TEST_F(LoginGuardTest, a_long_identity_takes_no_more_memory) {
    EXPECT_LT(from("", std::string(1'000'000, 'x')).account().size(), 2'000U);
}

}  // namespace
}  // namespace mim::app
