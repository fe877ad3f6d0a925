#include "app/accounts.hpp"

#include <utility>

#include <gtest/gtest.h>

#include "app/registrations.hpp"
#include "contract/outcome.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::app {
namespace {

using contract::names_field;
using contract::ok;
using contract::outcome;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Secret password{"correct horse"};

class AccountsTest : public ::testing::Test {
  protected:
    Result<User> add(const std::string& name, const std::string& email, const Secret& secret = password) {
        return registrations_.add({name, email, secret});
    }
    TokenPair log_in(const std::string& identity = "ada") {
        return accounts_.login(identity, password).value();
    }
    Caller caller(const TokenPair& tokens) { return accounts_.authenticate(tokens.access_token).value(); }
    std::size_t count(const std::string& call) {
        const auto calls = store_.faults().calls();
        return static_cast<std::size_t>(std::count(calls.begin(), calls.end(), call));
    }
    // Does it once, when the store is called so, before the call does its work.
    template <class Act>
    void meanwhile(const std::string& call, Act act) {
        store_.faults().on_call = [call, act, done = false](const std::string& made) mutable {
            if (made != call || std::exchange(done, true)) return;
            act();
        };
    }

    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    fakes::FakeHasher hasher_;
    fakes::FakeTokens tokens_{"key"};
    fakes::FakeOneTimeTokens invite_tokens_;
    Registrations registrations_{{store_.users(), store_.invites(), hasher_, invite_tokens_, clock_}, {}};
    Accounts accounts_{{store_.users(), store_.families(), hasher_, tokens_, clock_}, {}};
};

TEST_F(AccountsTest, TheFirstAccountAdministersTheOthersEdit) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    ASSERT_EQ(outcome(add("bob", "bob@example.org")), ok);
    EXPECT_EQ(store_.users().find_by_identity("ada")->role, Role::admin);
    EXPECT_EQ(store_.users().find_by_identity("bob")->role, Role::editor);
    EXPECT_EQ(caller(log_in("ada")).role, Role::admin);
    EXPECT_EQ(caller(log_in("BOB@example.org")).role, Role::editor);
}

TEST_F(AccountsTest, ThePasswordIsStoredHashedOnly) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const auto user = store_.users().find_by_identity("ada");
    EXPECT_EQ(user->password_hash.reveal().find("correct"), std::string::npos);
    EXPECT_EQ(user->created_at, clock_.now());
}

struct BadAccount {
    const char* name;
    std::string username, email, secret, field;
};

class BadAccounts : public AccountsTest, public ::testing::WithParamInterface<BadAccount> {};

TEST_P(BadAccounts, AreRefusedByTheFieldThatIsWrong) {
    const BadAccount& bad = GetParam();
    const auto refused = add(bad.username, bad.email, Secret(bad.secret));
    EXPECT_EQ(outcome(refused), "invalid_input");
    ASSERT_EQ(refused.error().fields.size(), 1U);
    EXPECT_EQ(refused.error().fields[0].path, bad.field);
    EXPECT_EQ(refused.error().fields[0].reason.find(bad.secret), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadAccounts,
    ::testing::Values(BadAccount{"NoName", "", "a@b.c", "12345678", "username"},
                      BadAccount{"BlankName", "   ", "a@b.c", "12345678", "username"},
                      BadAccount{"LongName", std::string(65, 'x'), "a@b.c", "12345678", "username"},
                      BadAccount{"NameLikeAnEmail", "a@b", "a@b.c", "12345678", "username"},
                      BadAccount{"NameLikeAWideEmail", "a\uFF20b", "a@b.c", "12345678", "username"},
                      BadAccount{"NameWithNewline", "a\nb", "a@b.c", "12345678", "username"},
                      BadAccount{"NameNotUtf8", "a\xff", "a@b.c", "12345678", "username"},
                      BadAccount{"NoEmail", "ada", "", "12345678", "email"},
                      BadAccount{"EmailWithoutAt", "ada", "example.org", "12345678", "email"},
                      BadAccount{"EmailWithTwoAt", "ada", "a@b@c", "12345678", "email"},
                      BadAccount{"EmailWithoutDomain", "ada", "ada@", "12345678", "email"},
                      BadAccount{"EmailWithSpace", "ada", "a da@b.c", "12345678", "email"},
                      BadAccount{"EmailDots", "ada", "a@b..c", "12345678", "email"},
                      BadAccount{"LongEmail", "ada", std::string(251, 'x') + "@b.c", "12345678", "email"},
                      BadAccount{"ShortPassword", "ada", "a@b.c", "1234567", "password"},
                      BadAccount{"LongPassword", "ada", "a@b.c", std::string(1025, 'x'), "password"}),
    [](const auto& one) { return one.param.name; });

TEST_F(AccountsTest, AllBadFieldsAreNamedAtOnce) {
    const auto refused = add("", "nobody", Secret("x"));
    EXPECT_TRUE(names_field(refused, "username"));
    EXPECT_TRUE(names_field(refused, "email"));
    EXPECT_TRUE(names_field(refused, "password"));
    EXPECT_EQ(store_.users().count().value(), 0);
}

TEST_F(AccountsTest, TheLimitsThemselvesAreAllowed) {
    EXPECT_EQ(outcome(add(std::string(64, 'x'), "a@b", Secret("12345678"))), ok);
    EXPECT_EQ(outcome(add("äöü 漢字", std::string(250, 'x') + "@b.c", Secret(std::string(1024, 'x')))), ok);
}

TEST_F(AccountsTest, ATakenNameIsAConflict) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    EXPECT_TRUE(names_field(add("ADA", "other@example.org"), "username"));
    EXPECT_TRUE(names_field(add("other", "ADA@example.org"), "email"));
}

TEST_F(AccountsTest, AWrongLoginTellsNothing) {
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

// What an observer sees of an account: the outcomes of many attempts, and how often a password was hashed.
TEST_F(AccountsTest, ALockOutLooksAlikeForAnAccountThatExistsAndOneThatDoesNot) {
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

TEST_F(AccountsTest, TheRightPasswordDuringALockOutIsRefusedUnread) {
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

TEST_F(AccountsTest, AStolenTokenIsNoWayToGuessThePassword) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const Caller thief = caller(log_in());
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(outcome(accounts_.change_password(thief, Secret("a guess"), Secret("new password"))),
                  "wrong_credentials");
    }
    EXPECT_EQ(outcome(accounts_.change_password(thief, password, Secret("new password"))), "locked_out");
    EXPECT_EQ(outcome(accounts_.login("ada", password)), ok);
}

TEST_F(AccountsTest, AStrangersGuessesDoNotKeepTheOwnerOut) {
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

TEST_F(AccountsTest, ASessionOfAnotherAccountIsNoWayAroundALockOut) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    ASSERT_EQ(outcome(add("bob", "bob@example.org")), ok);
    const TokenPair held = log_in("bob");
    const PasswordOrigin from{"192.0.2.1", held.access_token};
    for (int attempt = 0; attempt < 5; ++attempt)
        EXPECT_EQ(outcome(accounts_.login("ada", Secret("a guess"), from)), "wrong_credentials");
    EXPECT_EQ(outcome(accounts_.login("ada", password, from)), "locked_out");
}

TEST_F(AccountsTest, GuessesInAStolenSessionDoNotKeepTheOwnerFromEndingIt) {
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

TEST_F(AccountsTest, TokensSayWhatTheyAreFor) {
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

TEST_F(AccountsTest, TokensExpireAlsoWhenTheyAreCached) {
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

TEST_F(AccountsTest, ACachedTokenNeedsNeitherCodecNorStore) {
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

TEST_F(AccountsTest, ARevocationElsewhereIsSeenInTime) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair tokens = log_in();
    const Caller who = caller(tokens);
    ASSERT_EQ(outcome(store_.families().revoke(*who.family)), ok);  // by another process
    clock_.advance(Accounts::revocation_delay);
    EXPECT_EQ(outcome(accounts_.authenticate(tokens.access_token)), "token_revoked");
}

TEST_F(AccountsTest, ALogoutIsSeenAtOnceAndEndsOneSessionOnly) {
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

TEST_F(AccountsTest, RefreshingRotatesAndReuseRevokesTheFamily) {
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
TEST_F(AccountsTest, RefreshesAtOnceEachGetAWorkingPair) {
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

TEST_F(AccountsTest, AFailureWhileRefreshingDoesNotCostTheSession) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair tokens = log_in();
    store_.faults().fail_call(1, {{ErrorCode::store_failed, "away"}}, "families.rotate");
    EXPECT_EQ(outcome(accounts_.refresh(tokens.refresh_token)), "store_failed");
    EXPECT_EQ(outcome(accounts_.refresh(tokens.refresh_token)), ok);
}

TEST_F(AccountsTest, AStoreThatFailsIsNotMistakenForWrongCredentials) {
    store_.faults().fail_all("users.find_by_identity", {ErrorCode::store_failed, "away"});
    EXPECT_EQ(outcome(accounts_.login("ada", password)), "store_failed");
}

TEST_F(AccountsTest, TheProfileChangesWhereItIsTold) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const Caller who = caller(log_in());
    ASSERT_EQ(outcome(accounts_.change_profile(who, {.first_name = "Ada", .last_name = "L", .avatar = "x"})),
              ok);
    ASSERT_EQ(outcome(accounts_.change_profile(
                  who, {.first_name = std::nullopt, .last_name = "Lovelace", .avatar = {}})),
              ok);
    const auto user = accounts_.profile(who);
    EXPECT_EQ(user->profile.first_name, "Ada");
    EXPECT_EQ(user->profile.last_name, "Lovelace");
    EXPECT_EQ(user->profile.avatar, "x");
    const std::string long_text(3000, 'x');
    const auto refused =
        accounts_.change_profile(who, {.first_name = long_text, .last_name = "a\nb", .avatar = long_text});
    EXPECT_TRUE(names_field(refused, "first_name"));
    EXPECT_TRUE(names_field(refused, "last_name"));
    EXPECT_TRUE(names_field(refused, "avatar"));
}

TEST_F(AccountsTest, ANewPasswordEndsEveryOtherSession) {
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

TEST_F(AccountsTest, OnlyTheSessionOfTheLastChangeIsKept) {
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
TEST_F(AccountsTest, ALoginInFlightWhenThePasswordChangesIsNoSession) {
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

TEST_F(AccountsTest, ALoginInFlightWhenTheAccountIsDisabledIsNoSession) {
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

TEST_F(AccountsTest, ARefreshInFlightWhenThePasswordChangesIsNoSession) {
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
TEST_F(AccountsTest, AChangeOfThePasswordIsDoneByOneWrite) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const TokenPair there = log_in();
    store_.faults().fail_all("families.revoke", {ErrorCode::store_failed, "away"});
    EXPECT_EQ(outcome(accounts_.change_password(caller(log_in()), password, Secret("battery staple"))), ok);
    EXPECT_EQ(outcome(accounts_.authenticate(there.access_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(there.refresh_token)), "token_revoked");
}

// Whoever proved the old password after it was replaced has proved nothing.
TEST_F(AccountsTest, OfTwoChangesOfThePasswordAtOnceOneHolds) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const Caller here = caller(log_in());
    const Caller there = caller(log_in());
    const Secret next("battery staple");
    meanwhile("users.change_password",
              [&] { ASSERT_EQ(outcome(accounts_.change_password(there, password, next)), ok); });
    EXPECT_EQ(outcome(accounts_.change_password(here, password, Secret("tr0ub4dor&3"))), "wrong_credentials");
    EXPECT_EQ(outcome(accounts_.login("ada", next)), ok);
    EXPECT_EQ(outcome(accounts_.confirm(here)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.confirm(there)), ok);
}

TEST_F(AccountsTest, TwoChangesOfAProfileAtOnceBothTakeEffect) {
    ASSERT_EQ(outcome(add("ada", "ada@example.org")), ok);
    const Caller who = caller(log_in());
    meanwhile("users.set_profile", [&] {
        EXPECT_EQ(outcome(accounts_.change_profile(who, {.first_name = {}, .last_name = "L", .avatar = {}})),
                  ok);
    });
    const auto changed = accounts_.change_profile(who, {.first_name = "Ada", .last_name = {}, .avatar = {}});
    ASSERT_EQ(outcome(changed), ok);
    EXPECT_EQ(changed->before.last_name, "L");
    EXPECT_EQ(accounts_.profile(who)->profile.first_name, "Ada");
    EXPECT_EQ(accounts_.profile(who)->profile.last_name, "L");
}

}  // namespace
}  // namespace mim::app
