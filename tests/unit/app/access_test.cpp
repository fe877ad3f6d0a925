// Roles, disabled accounts, the policy of registration and invites.
#include <gtest/gtest.h>

#include "app/invites.hpp"
#include "app/users.hpp"
#include "contract/outcome.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::app {
namespace {

using contract::names_field;
using contract::ok;
using contract::outcome;
using std::chrono::seconds;

const Secret password{"correct horse"};

class AccessTest : public ::testing::Test {
  protected:
    static Registration of(const std::string& name, std::optional<Secret> invite = std::nullopt) {
        return {name, name + "@example.org", password, std::move(invite)};
    }
    Registrations registrations(RegistrationPolicy policy, Role default_role = Role::editor) {
        return {{store_.users(), store_.invites(), hasher_, invite_tokens_, clock_}, {policy, default_role}};
    }
    Invites invites(RegistrationPolicy policy = RegistrationPolicy::invite) {
        return {{store_.invites(), invite_tokens_, clock_}, policy};
    }
    Result<User> register_with(const CreatedInvite& invite, const std::string& name) {
        return registrations(RegistrationPolicy::invite).add(of(name, invite.token));
    }
    UserId id(const std::string& name) { return store_.users().find_by_identity(name)->id; }
    TokenPair log_in(const std::string& name) { return accounts_.login(name, password).value(); }
    std::string role_of(const TokenPair& tokens) {
        const auto caller = accounts_.authenticate(tokens.access_token);
        return caller ? std::string(to_string(caller->role)) : outcome(caller);
    }

    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    fakes::FakeHasher hasher_;
    fakes::FakeTokens tokens_{"key"};
    fakes::FakeOneTimeTokens invite_tokens_;
    Accounts accounts_{{store_.users(), store_.families(), hasher_, tokens_, clock_}, {}};
    fakes::FakeKeySecrets key_secrets_;
    ApiKeys keys_{{store_.api_keys(), store_.users(), store_.databases(), key_secrets_, clock_}};
    Users users_{{store_.users(), store_.families(), accounts_, keys_, clock_}};
};

TEST_F(AccessTest, TheStoresRoleWinsOverTheTokens) {
    ASSERT_EQ(outcome(registrations(RegistrationPolicy::open).add(of("ada"))), ok);
    ASSERT_EQ(outcome(registrations(RegistrationPolicy::open).add(of("bob"))), ok);
    const TokenPair bobs = log_in("bob");
    EXPECT_EQ(role_of(bobs), "editor");
    ASSERT_EQ(outcome(users_.set_role(id("bob"), Role::viewer)), ok);
    EXPECT_EQ(role_of(bobs), "viewer");
    ASSERT_EQ(outcome(store_.users().set_role(id("bob"), Role::admin, clock_.now())), ok);  // elsewhere
    clock_.advance(Accounts::revocation_delay);
    EXPECT_EQ(role_of(bobs), "admin");
    EXPECT_EQ(outcome(users_.set_role(UserId::generate(), Role::viewer)), "not_found");
}

TEST_F(AccessTest, KeysFollowTheirOwnerAtOnce) {
    for (const char* name : {"ada", "bob", "eve"})
        ASSERT_EQ(outcome(registrations(RegistrationPolicy::open).add(of(name))), ok);
    const auto key_of = [&](const std::string& name) {
        const auto caller = accounts_.authenticate(log_in(name).access_token);
        return keys_.create(*caller, {.name = "k", .scope = KeyScope::write})->text;
    };
    const auto role_by = [&](const Secret& key) {
        const auto caller = keys_.authenticate(key.reveal());
        return caller ? std::string(to_string(caller->role)) : outcome(caller);
    };
    const Secret bobs = key_of("bob"), eves = key_of("eve");
    EXPECT_EQ(role_by(bobs) + " " + role_by(eves), "editor editor");
    ASSERT_EQ(outcome(users_.set_role(id("bob"), Role::viewer)), ok);
    EXPECT_EQ(role_by(bobs), "viewer");
    ASSERT_EQ(outcome(users_.set_status(id("bob"), AccountStatus::disabled)), ok);
    EXPECT_EQ(role_by(bobs), "token_revoked");
    ASSERT_EQ(outcome(users_.remove(id("eve"), {.given = "eve"}, id("ada"))), ok);
    EXPECT_EQ(role_by(eves), "token_wrong");
}

TEST_F(AccessTest, ADisabledAccountIsOutAtOnceAndItsSessionsStayOut) {
    ASSERT_EQ(outcome(registrations(RegistrationPolicy::open).add(of("ada"))), ok);
    ASSERT_EQ(outcome(registrations(RegistrationPolicy::open).add(of("bob"))), ok);
    const TokenPair bobs = log_in("bob");
    EXPECT_EQ(role_of(bobs), "editor");
    ASSERT_EQ(outcome(users_.set_status(id("bob"), AccountStatus::disabled)), ok);
    EXPECT_EQ(role_of(bobs), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(bobs.refresh_token)), "token_revoked");
    EXPECT_EQ(outcome(accounts_.login("bob", password)), "account_disabled");
    EXPECT_EQ(outcome(accounts_.login("bob", Secret("wrong horse"))), "wrong_credentials");
    ASSERT_EQ(outcome(users_.set_status(id("bob"), AccountStatus::enabled)), ok);
    EXPECT_EQ(role_of(bobs), "token_revoked");
    EXPECT_EQ(role_of(log_in("bob")), "editor");
    EXPECT_EQ(outcome(users_.set_status(id("ada"), AccountStatus::disabled)), "last_admin");
}

TEST_F(AccessTest, DisablingElsewhereIsSeenInTime) {
    ASSERT_EQ(outcome(registrations(RegistrationPolicy::open).add(of("ada"))), ok);
    ASSERT_EQ(outcome(registrations(RegistrationPolicy::open).add(of("bob"))), ok);
    const TokenPair bobs = log_in("bob");
    EXPECT_EQ(role_of(bobs), "editor");
    ASSERT_EQ(outcome(store_.users().set_status(id("bob"), AccountStatus::disabled, clock_.now())), ok);
    clock_.advance(Accounts::revocation_delay);
    EXPECT_EQ(role_of(bobs), "token_revoked");
    EXPECT_EQ(outcome(accounts_.refresh(bobs.refresh_token)), "token_revoked");
}

TEST_F(AccessTest, ThePolicyDecidesWhoRegisters) {
    EXPECT_EQ(outcome(registrations(RegistrationPolicy::closed).add(of("ada"))), "registration_refused");
    EXPECT_EQ(outcome(registrations(RegistrationPolicy::invite).add(of("ada"))), "registration_refused");
    EXPECT_EQ(store_.users().count().value(), 0);
    EXPECT_EQ(outcome(registrations(RegistrationPolicy::open, Role::viewer).add(of("ada"))), ok);
    EXPECT_EQ(outcome(registrations(RegistrationPolicy::open, Role::viewer).add(of("bob"))), ok);
    EXPECT_EQ(store_.users().get(id("ada"))->role, Role::admin);
    EXPECT_EQ(store_.users().get(id("bob"))->role, Role::viewer);
    EXPECT_EQ(outcome(registrations(RegistrationPolicy::closed).add_admin(of("eve"))), ok);
    EXPECT_EQ(store_.users().get(id("eve"))->role, Role::admin);
    EXPECT_EQ(outcome(invites(RegistrationPolicy::closed).create({}, id("ada"))), "registration_refused");
}

TEST_F(AccessTest, AnInviteMakesOneAccountWithItsRole) {
    ASSERT_EQ(outcome(registrations(RegistrationPolicy::closed).add_admin(of("ada"))), ok);
    const auto invite =
        invites().create({.role = Role::editor, .email = "BOB@example.org"}, id("ada")).value();
    EXPECT_EQ(store_.invites().find(invite_tokens_.hash(invite.token))->id, invite.invite.id);
    EXPECT_TRUE(names_field(register_with(invite, "eve"), "email"));
    EXPECT_EQ(outcome(registrations(RegistrationPolicy::closed).add(of("bob", invite.token))),
              "registration_refused");
    ASSERT_EQ(outcome(register_with(invite, "bob")), ok);
    EXPECT_EQ(store_.users().get(id("bob"))->role, Role::editor);
    EXPECT_TRUE(names_field(register_with(invite, "bob2"), "invite"));
    EXPECT_EQ(invites().list({})->items.front().state, InviteState::used);
    EXPECT_EQ(outcome(invites().revoke(invite.invite.id)), "not_allowed_in_state");
}

TEST_F(AccessTest, ABadInviteTellsNothing) {
    ASSERT_EQ(outcome(registrations(RegistrationPolicy::closed).add_admin(of("ada"))), ok);
    const auto revoked = invites().create({}, id("ada")).value();
    ASSERT_EQ(outcome(invites().revoke(revoked.invite.id)), ok);
    const auto expired = invites().create({.lifetime = seconds{60}}, id("ada")).value();
    clock_.advance(seconds{60});
    const std::string reason = registrations(RegistrationPolicy::invite)
                                   .add(of("bob", Secret("made up")))
                                   .error()
                                   .fields.at(0)
                                   .reason;
    for (const auto* invite : {&revoked, &expired}) {
        const auto refused = register_with(*invite, "bob");
        ASSERT_TRUE(names_field(refused, "invite"));
        EXPECT_EQ(refused.error().fields.at(0).reason, reason);
    }
    EXPECT_EQ(outcome(invites().revoke(InviteId::generate())), ok);
    EXPECT_TRUE(names_field(invites().create({.email = "nobody"}, id("ada")), "email"));
    EXPECT_EQ(store_.users().count().value(), 1);
}

// Else whoever was disabled could come back with an invite made in time.
TEST_F(AccessTest, AnInviteIsWorthNoMoreThanItsInviter) {
    for (const char* name : {"ada", "eve"})
        ASSERT_EQ(outcome(registrations(RegistrationPolicy::closed).add_admin(of(name))), ok);
    const auto invite = invites().create({.role = Role::admin}, id("eve")).value();
    ASSERT_EQ(outcome(users_.set_role(id("eve"), Role::editor)), ok);
    EXPECT_TRUE(names_field(register_with(invite, "eve2"), "invite"));
    ASSERT_EQ(outcome(users_.set_role(id("eve"), Role::admin)), ok);
    ASSERT_EQ(outcome(users_.set_status(id("eve"), AccountStatus::disabled)), ok);
    EXPECT_TRUE(names_field(register_with(invite, "eve2"), "invite"));
    ASSERT_EQ(outcome(users_.set_status(id("eve"), AccountStatus::enabled)), ok);
    EXPECT_EQ(outcome(register_with(invite, "eve2")), ok);
}

}  // namespace
}  // namespace mim::app
