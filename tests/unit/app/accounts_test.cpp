// Accounts: how they are made, and what their owners change.
#include <gtest/gtest.h>

#include "unit/app/accounts_world.hpp"

namespace mim::app {
namespace {

class AccountsTest : public AccountsWorld {};

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
