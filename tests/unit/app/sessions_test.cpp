// Sessions: what their tokens are good for, and what ends them.
#include <gtest/gtest.h>

#include "unit/app/accounts_world.hpp"

namespace mim::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class SessionsTest : public AccountsWorld {};

TEST_F(SessionsTest, TokensSayWhatTheyAreFor) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair tokens = log_in();
    EXPECT_EQ(outcome(accounts_.authenticate(tokens.access_token)), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(tokens.refresh_token)), "token_wrong");
    EXPECT_EQ(outcome(accounts_.refresh(tokens.access_token)), "token_wrong");
    EXPECT_EQ(outcome(accounts_.authenticate("rubbish")), "token_wrong");
    EXPECT_EQ(outcome(accounts_.refresh("rubbish")), "token_wrong");
    fakes::FakeTokens stranger("other key");
    const auto claims = tokens_.verify(tokens.access_token, clock_.now());
    EXPECT_EQ(outcome(accounts_.authenticate(stranger.sign(*claims).value())), "token_wrong");
}

TEST_F(SessionsTest, TokensExpireAlsoWhenTheyAreCached) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair tokens = log_in();
    EXPECT_EQ(outcome(accounts_.authenticate(tokens.access_token)), ok);
    clock_.advance(minutes{10} - milliseconds{1});
    EXPECT_EQ(outcome(accounts_.authenticate(tokens.access_token)), ok);
    clock_.advance(milliseconds{1});
    EXPECT_EQ(outcome(accounts_.authenticate(tokens.access_token)), "token_wrong");
    clock_.advance(std::chrono::hours{24});
    EXPECT_EQ(outcome(accounts_.refresh(tokens.refresh_token)), "token_wrong");
}

TEST_F(SessionsTest, ACachedTokenNeedsNeitherCodecNorStore) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair tokens = log_in();
    const Caller first = caller(tokens);
    const int verified = tokens_.verified;
    const std::size_t asked = count("families.standing");
    for (int i = 0; i < 100; ++i) {
        const Caller again = caller(tokens);
        EXPECT_EQ(again.user, first.user);
        EXPECT_EQ(again.family, first.family);
        EXPECT_EQ(again.role, first.role);
    }
    EXPECT_EQ(tokens_.verified, verified);
    EXPECT_EQ(count("families.standing"), asked);
    clock_.advance(Accounts::revocation_delay);
    caller(tokens);
    EXPECT_EQ(count("families.standing"), asked + 1);  // whether it was revoked elsewhere
    EXPECT_EQ(tokens_.verified, verified);
}

TEST_F(SessionsTest, ARevocationElsewhereIsSeenInTime) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair tokens = log_in();
    const Caller who = caller(tokens);
    ASSERT_EQ(outcome(store_.families().revoke(*who.family)), ok);  // by another process
    clock_.advance(Accounts::revocation_delay);
    EXPECT_EQ(outcome(accounts_.authenticate(tokens.access_token)), "token_revoked");
}

TEST_F(SessionsTest, ALogoutIsSeenAtOnceAndEndsOneSessionOnly) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair here = log_in();
    const TokenPair there = log_in();
    const Caller who = caller(here);
    EXPECT_EQ(outcome(accounts_.authenticate(there.access_token)), ok);
    ASSERT_EQ(outcome(accounts_.logout(who)), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(here.access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(here.refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.authenticate(there.access_token)), ok);
}

TEST_F(SessionsTest, RefreshingRotatesAndReuseRevokesTheFamily) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair first = log_in();
    clock_.advance(seconds{5});
    const auto second = accounts_.refresh(first.refresh_token);
    ASSERT_EQ(outcome(second), ok);
    EXPECT_NE(second->refresh_token, first.refresh_token);
    EXPECT_EQ(outcome(accounts_.authenticate(second->access_token)), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(first.access_token)), ok);  // until it expires
    clock_.advance(seconds{10});
    EXPECT_EQ(outcome(accounts_.refresh(first.refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.authenticate(second->access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(second->refresh_token)), "token_revoked");
}

// Several tabs of one browser notice at the same time that the access token has run out.
TEST_F(SessionsTest, RefreshesAtOnceEachGetAWorkingPair) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair first = log_in();
    std::vector<TokenPair> pairs;
    for (int i = 0; i < 3; ++i) {
        const auto pair = accounts_.refresh(first.refresh_token);
        ASSERT_EQ(outcome(pair), ok);
        pairs.push_back(*pair);
        clock_.advance(seconds{3});
    }
    for (const TokenPair& pair : pairs) EXPECT_EQ(outcome(accounts_.authenticate(pair.access_token)), ok);
    clock_.advance(seconds{60});
    for (const TokenPair& pair : pairs) EXPECT_EQ(outcome(accounts_.refresh(pair.refresh_token)), ok);
    EXPECT_EQ(outcome(accounts_.refresh(first.refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.authenticate(pairs.front().access_token)), "token_revoked");
}

TEST_F(SessionsTest, AFailureWhileRefreshingDoesNotCostTheSession) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair tokens = log_in();
    store_.faults().fail_call(1, {{ErrorCode::store_failed, "away"}}, "families.rotate");
    EXPECT_EQ(outcome(accounts_.refresh(tokens.refresh_token)), "store_failed");
    EXPECT_EQ(outcome(accounts_.refresh(tokens.refresh_token)), ok);
}

TEST_F(SessionsTest, ANewPasswordEndsEveryOtherSession) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair here = log_in();
    const TokenPair there = log_in();
    const Caller who = caller(here);
    EXPECT_EQ(outcome(accounts_.authenticate(there.access_token)), ok);
    const Secret next("battery staple");
    EXPECT_EQ(outcome(accounts_.change_password(who, Secret("wrong horse"), next)), "wrong_credentials");
    EXPECT_TRUE(names_field(accounts_.change_password(who, password, Secret("short")), "new_password"));
    EXPECT_EQ(outcome(accounts_.authenticate(there.access_token)), ok);
    ASSERT_EQ(outcome(accounts_.change_password(who, password, next)), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(here.access_token)), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(there.access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.login("ada", password)), "wrong_credentials");
    EXPECT_EQ(outcome(accounts_.login("ada", next)), ok);
}

TEST_F(SessionsTest, OnlyTheSessionOfTheLastChangeIsKept) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair first = log_in();
    const Secret next("battery staple");
    ASSERT_EQ(outcome(accounts_.change_password(caller(first), password, next)), ok);
    const auto second = accounts_.login("ada", next);
    ASSERT_EQ(outcome(second), ok);
    const auto refreshed = accounts_.refresh(first.refresh_token);
    EXPECT_EQ(outcome(refreshed), ok);
    ASSERT_EQ(outcome(accounts_.change_password(caller(*second), next, password)), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(refreshed->access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(refreshed->refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(second->refresh_token)), ok);
}

// The password is proved, and then it is no longer the password: whoever proved it is not let in.
TEST_F(SessionsTest, ALoginInFlightWhenThePasswordChangesIsNoSession) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const Caller owner = caller(log_in());
    meanwhile("families.open", [&] {
        ASSERT_EQ(outcome(accounts_.change_password(owner, password, Secret("battery staple"))), ok);
    });
    const auto tokens = accounts_.login("ada", password);
    ASSERT_EQ(outcome(tokens), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(tokens->access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(tokens->refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.confirm(owner)), ok);
}

TEST_F(SessionsTest, ALoginInFlightWhenTheAccountIsDisabledIsNoSession) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    ASSERT_EQ(outcome(add("bob", "bob@example.org")), ok);
    const UserId bob = store_.users().find_by_identity("bob")->id;
    meanwhile("families.open", [&] {
        for (const auto status : {AccountStatus::disabled, AccountStatus::enabled})
            ASSERT_EQ(outcome(store_.users().set_status(bob, status, clock_.now())), ok);
    });
    const TokenPair tokens = log_in("bob");
    EXPECT_EQ(outcome(accounts_.authenticate(tokens.access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(tokens.refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.authenticate(log_in("bob").access_token)), ok);
}

TEST_F(SessionsTest, ARefreshInFlightWhenThePasswordChangesIsNoSession) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair stolen = log_in();
    const Caller owner = caller(log_in());
    meanwhile("families.rotate", [&] {
        const User user = store_.users().get(owner.user).value();
        const PasswordChange change{user.password_hash, Secret("another"), owner.family};
        ASSERT_EQ(outcome(store_.users().change_password(owner.user, change, clock_.now())), ok);
    });
    const auto tokens = accounts_.refresh(stolen.refresh_token);
    ASSERT_EQ(outcome(tokens), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(tokens->access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(tokens->refresh_token)), "token_revoked");
}

// Once the password is another one, nothing that fails afterwards lets an old session live.
TEST_F(SessionsTest, AChangeOfThePasswordIsDoneByOneWrite) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair there = log_in();
    store_.faults().fail_all("families.revoke", {ErrorCode::store_failed, "away"});
    EXPECT_EQ(outcome(accounts_.change_password(caller(log_in()), password, Secret("battery staple"))), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(there.access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(there.refresh_token)), "token_revoked");
}

}  // namespace
}  // namespace mim::app
