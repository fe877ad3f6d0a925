// Passwords that an administrator resets, and accounts that one removes.
#include "app/password_resets.hpp"

#include <gtest/gtest.h>

#include "app/registrations.hpp"
#include "app/users.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::app {
namespace {

using contract::names_field;
using contract::ok;
using contract::outcome;

const Secret password{"correct horse"};
const Secret next{"battery staple"};

class PasswordResetsTest : public ::testing::Test {
  protected:
    PasswordResetsTest() {
        for (const char* name : {"ada", "bob"}) {
            EXPECT_EQ(outcome(registrations_.add({name, std::string(name) + "@example.org", password})), ok);
        }
    }
    UserId id(const std::string& name) { return store_.users().find_by_identity(name)->id; }
    std::string standing(const TokenPair& tokens) {
        return outcome(accounts_.authenticate(tokens.access_token));
    }

    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    fakes::FakeHasher hasher_;
    fakes::FakeTokens codec_{"key"};
    fakes::FakeOneTimeTokens tokens_;
    Registrations registrations_{{store_.users(), store_.invites(), hasher_, tokens_, clock_}, {}};
    Accounts accounts_{{store_.users(), store_.families(), hasher_, codec_, clock_}, {}};
    fakes::FakeKeySecrets key_secrets_;
    ApiKeys keys_{{store_.api_keys(), store_.users(), store_.databases(), key_secrets_, clock_}};
    Users users_{{store_.users(), store_.families(), accounts_, keys_, clock_}};
    PasswordResets resets_{{store_.users(), store_.families(), hasher_, tokens_, accounts_, clock_}};
};

TEST_F(PasswordResetsTest, ATokenSetsThePasswordOnceAndEndsEverySession) {
    const TokenPair lost = accounts_.login("bob", password).value();
    EXPECT_EQ(standing(lost), ok);
    const auto offered = resets_.offer(id("bob"), id("ada"));
    ASSERT_EQ(outcome(offered), ok);
    EXPECT_EQ(offered->expires_at, clock_.now() + PasswordResets::lifetime);
    EXPECT_EQ(standing(lost), ok);  // an offer changes nothing yet
    EXPECT_TRUE(names_field(resets_.redeem(offered->token, Secret("short")), "new_password"));
    EXPECT_EQ(resets_.redeem(offered->token, next)->id, id("bob"));
    EXPECT_EQ(standing(lost), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(lost.refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.login("bob", password)), "wrong_credentials");
    EXPECT_EQ(outcome(accounts_.login("bob", next)), ok);
    EXPECT_TRUE(names_field(resets_.redeem(offered->token, password), "token"));
    EXPECT_EQ(outcome(resets_.offer(UserId::generate(), id("ada"))), "not_found");
}

TEST_F(PasswordResetsTest, ABadTokenCostsNoHashAndTellsNothing) {
    const auto first = resets_.offer(id("bob"), id("ada")).value();
    const auto second = resets_.offer(id("bob"), id("ada")).value();
    EXPECT_TRUE(names_field(resets_.redeem(first.token, next), "token"));
    clock_.advance(PasswordResets::lifetime);
    const auto expired = resets_.redeem(second.token, next);
    const auto unknown = resets_.redeem(Secret("reset of nobody"), next);
    EXPECT_TRUE(names_field(expired, "token"));
    EXPECT_EQ(expired.error().fields, unknown.error().fields);
    EXPECT_EQ(outcome(accounts_.login("bob", password)), ok);
}

TEST_F(PasswordResetsTest, ATokenIsWorthNoMoreThanWhoOfferedIt) {
    ASSERT_EQ(outcome(registrations_.add({"eve", "eve@example.org", password})), ok);
    ASSERT_EQ(outcome(users_.set_role(id("eve"), Role::admin)), ok);
    const auto offered = resets_.offer(id("bob"), id("eve")).value();
    ASSERT_EQ(outcome(users_.set_status(id("eve"), AccountStatus::disabled)), ok);
    const auto refused = resets_.redeem(offered.token, next);
    EXPECT_TRUE(names_field(refused, "token"));
    EXPECT_EQ(refused.error().fields, resets_.redeem(Secret("of nobody"), next).error().fields);
    EXPECT_EQ(outcome(accounts_.login("bob", password)), ok);
}

TEST_F(PasswordResetsTest, ATokenEndsWithTheRoleThatItWasOfferedTo) {
    const auto offered = resets_.offer(id("bob"), id("ada")).value();
    ASSERT_EQ(outcome(users_.set_role(id("bob"), Role::admin)), ok);
    EXPECT_TRUE(names_field(resets_.redeem(offered.token, next), "token"));
    EXPECT_EQ(outcome(accounts_.login("bob", password)), ok);
}

TEST_F(PasswordResetsTest, AnAddressIsChangedByTheRules) {
    EXPECT_TRUE(names_field(users_.set_email(id("bob"), "nobody"), "email"));
    EXPECT_TRUE(names_field(users_.set_email(id("bob"), "ADA@example.org"), "email"));
    const auto changed = users_.set_email(id("bob"), "robert@example.org");
    ASSERT_EQ(outcome(changed), ok);
    EXPECT_EQ(changed->before.email, "bob@example.org");
    EXPECT_EQ(changed->after.email, "robert@example.org");
    EXPECT_EQ(outcome(accounts_.login("robert@example.org", password)), ok);
}

TEST_F(PasswordResetsTest, ARemovedAccountIsOutAtOnceWithItsKeys) {
    const TokenPair bobs = accounts_.login("bob", password).value();
    EXPECT_EQ(standing(bobs), ok);
    const UserId bob = id("bob");
    const ApiKey key = contract::an_api_key(bob, "p");
    ASSERT_EQ(outcome(store_.api_keys().create(key)), ok);
    const auto unconfirmed = users_.remove(bob, {.given = "ada"}, UserId::generate());
    EXPECT_EQ(outcome(unconfirmed), "not_allowed_in_state");
    EXPECT_TRUE(names_field(unconfirmed, "confirm"));
    EXPECT_EQ(outcome(users_.remove(bob, {}, UserId::generate())), "not_allowed_in_state");
    ASSERT_EQ(outcome(users_.remove(bob, {.given = "bob"}, UserId::generate())), ok);
    EXPECT_EQ(standing(bobs), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(bobs.refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.login("bob", password)), "wrong_credentials");
    EXPECT_EQ(outcome(store_.api_keys().get(key.id)), "not_found");
    EXPECT_FALSE(users_.remove(bob, {}, UserId::generate()).value());
    using Asked = Confirmation::Asked;
    EXPECT_EQ(outcome(users_.remove(id("ada"), {Asked::nothing, "bob"}, UserId::generate())),
              "not_allowed_in_state");
    EXPECT_EQ(outcome(users_.remove(id("ada"), {.asked = Asked::nothing}, UserId::generate())), "last_admin");
}

}  // namespace
}  // namespace mim::app
