// What becomes of accounts when a change of them fails half-way.
#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "interop/store/fail_point.hpp"
#include "interop/store/mongodb_world.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

constexpr int bad_value = 2;  // which nobody would try again

class MongodbAccounts : public ::testing::Test {
  protected:
    Link& link() { return world_.link(); }
    MongoWorld world_;
};

TEST_F(MongodbAccounts, ADeletionThatFailsHalfWayLeavesTheAccountAsItWas) {
    const app::User bob = contract::a_user("Bob");
    ASSERT_EQ(outcome(world_.users().create(bob)), "ok");
    {
        const FailPoint point(link(), std::string("alwaysOn"), "delete", fields("errorCode", bad_value));
        MIM_SKIP_UNLESS_SET(point);
        EXPECT_EQ(outcome(world_.users().remove(bob.id, contract::a_discard())), "store_failed");
    }
    const auto kept = world_.users().get(bob.id);
    ASSERT_EQ(outcome(kept), "ok");
    EXPECT_EQ(kept->status, app::AccountStatus::enabled);
    EXPECT_EQ(kept->session_version, bob.session_version);
    EXPECT_EQ(link().count(names::trash, {}).value(), 0);
}

TEST_F(MongodbAccounts, AnInviteIsNotSpentOnAnAccountThatCannotBeMade) {
    const app::Invite invite = contract::an_invite("abc");
    ASSERT_EQ(outcome(world_.invites().create(invite)), "ok");
    {
        const FailPoint point(link(), std::string("alwaysOn"), "insert", fields("errorCode", bad_value));
        MIM_SKIP_UNLESS_SET(point);
        const auto refused = world_.invites().redeem(invite.id, contract::a_user("Bob"), contract::at(5));
        EXPECT_EQ(outcome(refused), "store_failed");
    }
    EXPECT_FALSE(world_.invites().find(invite.token_hash)->used_at);
    EXPECT_EQ(outcome(world_.invites().redeem(invite.id, contract::a_user("Bob"), contract::at(6))), "ok");
}

TEST_F(MongodbAccounts, WhatCannotBeTakenOutOfTheTrashIsNotRestored) {
    const app::User bob = contract::a_user("Bob");
    const app::Discard discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.users().create(bob)), "ok");
    ASSERT_EQ(outcome(world_.users().remove(bob.id, discard)), "ok");
    {
        const FailPoint point(link(), std::string("alwaysOn"), "delete", fields("errorCode", bad_value));
        MIM_SKIP_UNLESS_SET(point);
        EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "store_failed");
    }
    EXPECT_EQ(outcome(world_.users().get(bob.id)), "not_found");
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "ok");
    EXPECT_EQ(outcome(world_.users().get(bob.id)), "ok");
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "not_found");
}

}  // namespace
}  // namespace mim::store::mongodb
