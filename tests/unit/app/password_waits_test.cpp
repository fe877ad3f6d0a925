// What wrong passwords tell, and who waits for them.
#include <gtest/gtest.h>

#include "unit/app/accounts_world.hpp"

namespace mim::app {
namespace {

using std::chrono::seconds;

class PasswordWaitsTest : public AccountsWorld {};

TEST_F(PasswordWaitsTest, AWrongLoginTellsNothing) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const auto wrong_password = accounts_.login("ada", Secret("wrong horse"));
    const int spent_on_user = hasher_.verified;
    const auto nobody = accounts_.login("nobody", password);
    EXPECT_EQ(outcome(wrong_password), "wrong_credentials");
    EXPECT_EQ(outcome(nobody), "wrong_credentials");
    EXPECT_EQ(wrong_password.error().message, nobody.error().message);
    EXPECT_EQ(spent_on_user, 1);
    EXPECT_EQ(hasher_.verified_nobody, 1);  // the same time is spent on who does not exist
    EXPECT_EQ(outcome(accounts_.login("ada", Secret(std::string(1'000'000, 'x')))), "wrong_credentials");
    EXPECT_EQ(hasher_.verified + hasher_.verified_nobody, 2);
}

TEST_F(PasswordWaitsTest, AStoreThatFailsIsNotMistakenForWrongCredentials) {
    store_.faults().fail_all("users.find_by_identity", {ErrorCode::store_failed, "away"});
    EXPECT_EQ(outcome(accounts_.login("ada", password)), "store_failed");
}

// What an observer sees of an account: the outcomes of many attempts, and how often a password was hashed.
TEST_F(PasswordWaitsTest, ALockOutLooksAlikeForAnAccountThatExistsAndOneThatDoesNot) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const auto seen = [&](const std::string& identity) {
        const int before = hasher_.verified + hasher_.verified_nobody;
        std::string all;
        for (int attempt = 0; attempt < 12; ++attempt) {
            const auto answer = accounts_.login(identity, Secret("wrong horse"), {"192.0.2.1"});
            all += outcome(answer) + " " + std::to_string(answer.error().retry_after.count()) + "; ";
            if (attempt % 3 == 2) clock_.advance(seconds{1});
        }
        return all + std::to_string(hasher_.verified + hasher_.verified_nobody - before);
    };
    const std::string of_ada = seen("ada");
    EXPECT_NE(of_ada.find("locked_out 1"), std::string::npos) << of_ada;
    EXPECT_EQ(of_ada, seen("nobody"));
}

TEST_F(PasswordWaitsTest, TheRightPasswordDuringALockOutIsRefusedUnread) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(outcome(accounts_.login("ada", Secret("wrong horse"), {"192.0.2.1"})), "wrong_credentials");
    }
    const int hashed = hasher_.verified;
    EXPECT_EQ(outcome(accounts_.login("ADA", password, {"192.0.2.2"})), "locked_out");  // the same network
    EXPECT_EQ(hasher_.verified, hashed);
    clock_.advance(seconds{1});
    EXPECT_EQ(outcome(accounts_.login("ada", password, {"192.0.2.2"})), ok);
    EXPECT_EQ(outcome(accounts_.login("ada", Secret("wrong horse"), {"192.0.2.3"})), "wrong_credentials");
    EXPECT_EQ(outcome(accounts_.login("ada", password, {"192.0.2.3"})), ok);
}

TEST_F(PasswordWaitsTest, AStolenTokenIsNoWayToGuessThePassword) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const Caller thief = caller(log_in());
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(outcome(accounts_.change_password(thief, Secret("a guess"), Secret("new password"))),
                  "wrong_credentials");
    }
    EXPECT_EQ(outcome(accounts_.change_password(thief, password, Secret("new password"))), "locked_out");
    EXPECT_EQ(outcome(accounts_.login("ada", password)), ok);
}

TEST_F(PasswordWaitsTest, AStrangersGuessesDoNotKeepTheOwnerOut) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair held = log_in();
    for (int network = 0; network < 200; ++network) {
        const std::string address = "10.0." + std::to_string(network) + ".1";
        for (int attempt = 0; attempt < 5; ++attempt)
            static_cast<void>(accounts_.login("ada", Secret("a guess"), {address}));
    }
    // From elsewhere; and within a session that is held, even where a stranger guesses too.
    EXPECT_EQ(outcome(accounts_.login("ada", password, {"10.0.7.2"})), "locked_out");
    EXPECT_EQ(outcome(accounts_.login("ada", password, {"10.0.7.2", held.access_token})), ok);
    EXPECT_EQ(outcome(accounts_.login("ada", password, {"192.0.2.1"})), ok);
    EXPECT_EQ(
        outcome(accounts_.change_password(caller(held), password, Secret("battery staple"), "10.0.7.2")), ok);
}

TEST_F(PasswordWaitsTest, ASessionOfAnotherAccountIsNoWayAroundALockOut) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    ASSERT_EQ(outcome(add("bob", "bob@example.org")), ok);
    const TokenPair held = log_in("bob");
    const PasswordOrigin from{"192.0.2.1", held.access_token};
    for (int attempt = 0; attempt < 5; ++attempt)
        EXPECT_EQ(outcome(accounts_.login("ada", Secret("a guess"), from)), "wrong_credentials");
    EXPECT_EQ(outcome(accounts_.login("ada", password, from)), "locked_out");
}

TEST_F(PasswordWaitsTest, GuessesInAStolenSessionDoNotKeepTheOwnerFromEndingIt) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair stolen = log_in();
    const TokenPair owners = log_in();
    const Caller thief = caller(stolen);
    for (int attempt = 0; attempt < 20; ++attempt)
        static_cast<void>(
            accounts_.change_password(thief, Secret("a guess"), Secret("new password"), "192.0.2.1"));
    const Secret next("battery staple");
    EXPECT_EQ(outcome(accounts_.change_password(thief, password, next, "192.0.2.1")), "locked_out");
    ASSERT_EQ(outcome(accounts_.change_password(caller(owners), password, next, "192.0.2.1")), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(stolen.access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.authenticate(owners.access_token)), ok);
}

}  // namespace
}  // namespace mim::app
