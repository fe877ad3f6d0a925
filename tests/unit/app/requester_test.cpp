// What somebody has queued ends with their right to it.
#include "app/requester.hpp"

#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

class RequesterTest : public ::testing::Test {
  protected:
    RequesterTest() {
        world_.define(shop_, "people", spec_of(R"({"a":1})"));
        world_.seed("people", spec_of(R"({"b":1})"));
        eve_.role = max_.role = Role::admin;
        EXPECT_EQ(outcome(world_.store.users().create(eve_)), ok);
        EXPECT_EQ(outcome(world_.store.users().create(max_)), ok);
    }
    SyncId submit(SyncOptions options = {}) {
        options.fingerprint =
            world_.comparisons.plan({.database = shop_, .collections = {}}, options)->fingerprint;
        const auto id = world_.syncs.submit({.database = shop_,
                                             .collections = {},
                                             .options = options,
                                             .requested_by = eve_.id,
                                             .requested_as = Role::admin});
        EXPECT_EQ(outcome(id), ok);
        return *id;
    }
    std::string end_of(const SyncId& id) {
        EXPECT_EQ(world_.work(), RunOutcome::finished);
        const Sync ended = world_.sync(id);
        return std::string(to_string(ended.status)) + (ended.error.empty() ? "" : ": " + ended.error);
    }
    Done set_role(Role role) { return world_.store.users().set_role(eve_.id, role, world_.clock.now()); }
    Done set_status(AccountStatus status) {
        return world_.store.users().set_status(eve_.id, status, world_.clock.now());
    }

    World world_;
    DatabaseId shop_ = world_.add_database();
    User eve_ = contract::a_user("eve"), max_ = contract::a_user("max");
};

TEST_F(RequesterTest, WhatAnAccountQueuedFailsWithItsRight) {
    const std::string asked = "failed: The account that asked for this sync ", nothing = "; nothing was done";
    const SyncId of_disabled = submit();
    ASSERT_EQ(outcome(set_status(AccountStatus::disabled)), ok);
    EXPECT_EQ(end_of(of_disabled), asked + "is disabled" + nothing);
    ASSERT_EQ(outcome(set_status(AccountStatus::enabled)), ok);

    const SyncId of_viewer = submit();
    ASSERT_EQ(outcome(set_role(Role::viewer)), ok);
    EXPECT_EQ(end_of(of_viewer), asked + "may only read by now" + nothing);
    ASSERT_EQ(outcome(set_role(Role::editor)), ok);

    const SyncId of_deleted = submit();
    ASSERT_EQ(outcome(world_.store.users().remove(eve_.id, contract::a_discard())), ok);
    EXPECT_EQ(end_of(of_deleted), asked + "was deleted" + nothing);

    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{});
    EXPECT_TRUE(world_.sync(of_deleted).records.empty());
}

TEST_F(RequesterTest, ADemotedAdministratorIsJudgedAsAnEditor) {
    EXPECT_EQ(end_of(submit()), "completed");
    world_.seed("people", spec_of(R"({"c":1})"));
    const SyncId unprotected = submit();
    ASSERT_EQ(outcome(set_role(Role::editor)), ok);
    EXPECT_EQ(end_of(unprotected), "completed");

    world_.seed("people", spec_of(R"({"d":1})"));
    ASSERT_EQ(outcome(set_role(Role::admin)), ok);
    ASSERT_EQ(outcome(world_.store.databases().set_protection(shop_, Protection::on, world_.clock.now())),
              ok);
    const SyncId protected_one = submit();
    ASSERT_EQ(outcome(set_role(Role::editor)), ok);
    EXPECT_TRUE(end_of(protected_one).starts_with("failed: The database is protected"));
    EXPECT_EQ(world_.live("people"), "a_1 d_1");
}

// Who was an editor when they asked does not get more by being promoted.
TEST_F(RequesterTest, TheLesserRoleCounts) {
    Sync sync = contract::a_sync(shop_);
    sync.requested_by = eve_.id;
    sync.requested_as = Role::editor;
    EXPECT_EQ(role_of_requester(sync, world_.store.users()).value(), Role::editor);
    sync.requested_as = Role::admin;
    EXPECT_EQ(role_of_requester(sync, world_.store.users()).value(), Role::admin);
    ASSERT_EQ(outcome(set_role(Role::editor)), ok);
    EXPECT_EQ(role_of_requester(sync, world_.store.users()).value(), Role::editor);
    sync.requested_by.reset();
    EXPECT_EQ(role_of_requester(sync, world_.store.users()).value(), Role::admin);
}

TEST_F(RequesterTest, WhatHasBegunIsBroughtToItsEnd) {
    const SyncId id = submit();
    const Lease lease = **world_.store.queue().lease("first", std::chrono::seconds{30});
    ASSERT_EQ(outcome(world_.store.progress().claim(id, lease.fence, world_.clock.now())), ok);
    SyncRecord built;
    built.collection = "people";
    built.index = "a_1";
    built.definition = spec_of(R"({"a":1})").to_document();
    ASSERT_EQ(outcome(world_.store.progress().plan(id, lease.fence, {built}, world_.clock.now())), ok);
    built.status = RecordStatus::completed;
    ASSERT_EQ(outcome(world_.store.progress().record(id, lease.fence, built, world_.clock.now())), ok);
    world_.seed("people", spec_of(R"({"a":1})"));
    ASSERT_EQ(outcome(world_.store.queue().hand_back(lease, {})), ok);
    ASSERT_EQ(outcome(set_status(AccountStatus::disabled)), ok);
    EXPECT_EQ(end_of(id), "completed");
    EXPECT_EQ(world_.live("people"), "a_1");
}

TEST_F(RequesterTest, AStoreThatDoesNotAnswerIsAskedLater) {
    const SyncId id = submit();
    world_.store.faults().fail_all("users.get", Error{ErrorCode::not_ready, "away"});
    EXPECT_EQ(world_.work(), RunOutcome::retry_later);
    world_.store.faults().heal();
    EXPECT_EQ(end_of(id), "completed");
}

}  // namespace
}  // namespace mim::app
