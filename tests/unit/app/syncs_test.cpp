#include <latch>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "world.hpp"

namespace mim::app {
namespace {

class SyncsTest : public ::testing::Test {
  protected:
    Result<SyncId> submit(const std::optional<std::vector<std::string>>& collections = std::nullopt,
                          const SyncOptions& options = {}) {
        return world_.syncs.submit({.database = shop_, .collections = collections, .options = options});
    }
    // Another entry of the registry that leads to the shop; both have something to sync.
    DatabaseId second_entry() {
        const DatabaseId other = world_.add_database("other");
        world_.define(shop_, "orders", spec_of(R"({"a":1})"));
        world_.define(other, "orders", spec_of(R"({"a":1})"));
        world_.share_place(shop_, other);
        return other;
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(SyncsTest, AreStoredAsTheyWereAskedFor) {
    world_.define(shop_, "people", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    const UserId user = UserId::generate();
    const auto id =
        world_.syncs.submit({.database = shop_, .collections = std::nullopt, .requested_by = user});
    ASSERT_EQ(outcome(id), ok);
    const auto read = world_.syncs.get(*id);
    EXPECT_EQ(read->database.id, shop_);
    EXPECT_EQ(read->sync.status, SyncStatus::pending);
    EXPECT_EQ(read->sync.collections, (std::vector<std::string>{"orders", "people"}));
    EXPECT_EQ(read->sync.requested_by, user);
    EXPECT_EQ(read->sync.created_at, world_.clock.now());
}

TEST_F(SyncsTest, NeedSomethingManaged) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("people", spec_of(R"({"a":1})"));
    EXPECT_TRUE(names_field(submit({{"people"}}), "collections"));
    SyncOptions import;
    import.extra = index::ExtraChoice::import_to_registry;
    EXPECT_EQ(outcome(submit({{"people"}}, import)), ok);
}

TEST_F(SyncsTest, ACollectionThatNobodyKnowsIsNotFound) {
    world_.define(shop_, "planned", spec_of(R"({"a":1})"));
    world_.seed("people", spec_of(R"({"a":1})"));
    const auto refused = submit({{"planned", "poeple"}});
    EXPECT_EQ(outcome(refused), "not_found");
    EXPECT_TRUE(names_field(refused, "collections[1]"));
    EXPECT_EQ(outcome(submit({{"planned", "people"}})), ok);
}

TEST_F(SyncsTest, NothingAtAllIsNothingManaged) {
    EXPECT_TRUE(names_field(submit(), "collections"));
    EXPECT_TRUE(names_field(submit(std::vector<std::string>{}), "collections"));
    EXPECT_TRUE(names_field(submit({{"a", "a"}}), "collections[1]"));
    EXPECT_EQ(outcome(world_.syncs.submit({.database = DatabaseId::generate(), .collections = std::nullopt})),
              "not_found");
}

TEST_F(SyncsTest, OneAtATime) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    ASSERT_EQ(outcome(submit()), ok);
    world_.server.faults.fail_all("probe", {ErrorCode::target_unreachable, "down"});
    EXPECT_EQ(outcome(submit()), "sync_active");  // before the target is troubled
}

// Two entries of the registry may lead to one place: they would build and drop against each other.
TEST_F(SyncsTest, OneAtATimeOfOnePlace) {
    const DatabaseId other = second_entry();
    const auto submit_second = [&] {
        return world_.syncs.submit({.database = other, .collections = std::nullopt});
    };
    const auto first = submit();
    ASSERT_EQ(outcome(first), ok);
    EXPECT_EQ(outcome(submit_second()), "sync_active");
    ASSERT_EQ(outcome(world_.syncs.cancel(*first)), ok);
    EXPECT_EQ(outcome(submit_second()), ok);
}

// On two servers, each of which has seen that nobody is at work there.
TEST_F(SyncsTest, OfTwoAtOnceForOnePlaceExactlyOneIsTaken) {
    const DatabaseId other = second_entry();
    const SyncPorts ports{world_.store.databases(), world_.store.definitions(), world_.store.syncs(),
                          world_.targets,           world_.comparisons,         world_.clock,
                          World::deadline};
    Syncs ours(ports);
    Syncs theirs(ports);
    for (int round = 0; round < 50; ++round) {
        std::latch both_have_looked(2);
        world_.store.faults().on_call = [&both_have_looked](const std::string& call) {
            if (call == "syncs.submit") both_have_looked.arrive_and_wait();
        };
        std::optional<Result<SyncId>> second;
        std::thread them([&] { second = theirs.submit({.database = other, .collections = std::nullopt}); });
        const auto first = ours.submit({.database = shop_, .collections = std::nullopt});
        them.join();
        world_.store.faults().on_call = nullptr;
        const auto& taken = first ? first : *second;
        const auto& refused = first ? *second : first;
        ASSERT_EQ(outcome(taken), ok);
        ASSERT_EQ(outcome(refused), "sync_active");
        ASSERT_EQ(world_.store.syncs().count_active().value(), 1);
        ASSERT_EQ(outcome(world_.syncs.cancel(*taken)), ok);
    }
}

// What was asked for was asked of another place: nothing was seen of this one.
TEST_F(SyncsTest, AreRefusedWhenTheirDatabaseIsLedElsewhereMeanwhile) {
    second_entry();
    bool led = false;
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call != "probe" || std::exchange(led, true)) return;
        Database elsewhere = world_.store.databases().get(shop_).value();
        elsewhere.place = place_of(elsewhere.uri, "elsewhere");
        const Done moved =
            world_.store.databases().update(elsewhere, elsewhere.updated_at, Destination::another);
        EXPECT_EQ(outcome(moved), ok);
    };
    EXPECT_EQ(outcome(submit()), "not_allowed_in_state");
    EXPECT_EQ(world_.store.syncs().count_active().value(), 0);
    world_.server.faults.on_call = nullptr;
    EXPECT_EQ(outcome(submit()), ok);
}

// It saw nobody else at its place when it looked.
TEST_F(SyncsTest, AreRefusedWhenAnotherIsLedToTheirPlaceAndSyncsMeanwhile) {
    const DatabaseId other = world_.add_database("other");
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(other, "orders", spec_of(R"({"a":1})"));
    world_.share_place(shop_, shop_);
    bool led = false;
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call != "probe" || std::exchange(led, true)) return;
        world_.share_place(other, shop_);
        world_.submit(other);
    };
    EXPECT_EQ(outcome(submit()), "sync_active");
    EXPECT_EQ(world_.store.syncs().count_active().value(), 1);
    world_.server.faults.on_call = nullptr;
}

TEST_F(SyncsTest, HaveABoundOverAllDatabases) {
    Syncs few({world_.store.databases(), world_.store.definitions(), world_.store.syncs(), world_.targets,
               world_.comparisons, world_.clock, World::deadline, 1});
    const DatabaseId other = world_.add_database("other");
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(other, "orders", spec_of(R"({"a":1})"));
    const auto first = few.submit({.database = shop_, .collections = std::nullopt});
    ASSERT_EQ(outcome(first), ok);
    const auto second = few.submit({.database = other, .collections = std::nullopt});
    ASSERT_EQ(outcome(second), "too_many_syncs");
    EXPECT_GT(second.error().retry_after.count(), 0);
    ASSERT_EQ(outcome(few.cancel(*first)), ok);
    EXPECT_EQ(outcome(few.submit({.database = other, .collections = std::nullopt})), ok);
}

TEST_F(SyncsTest, NeedAReachableTarget) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_call(1, {{ErrorCode::target_unreachable, "down"}}, "probe");
    EXPECT_EQ(outcome(submit()), "target_unreachable");
    EXPECT_EQ(outcome(submit()), ok);
}

TEST_F(SyncsTest, AFingerprintOfYesterdayIsRefused) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    SyncOptions options;
    options.fingerprint = "yesterday";
    EXPECT_EQ(outcome(submit(std::nullopt, options)), "plan_changed");
    options.fingerprint =
        world_.comparisons.plan({.database = shop_, .collections = std::nullopt}, {})->fingerprint;
    EXPECT_EQ(outcome(submit(std::nullopt, options)), ok);
}

TEST_F(SyncsTest, AreListedNewestFirst) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(world_.run(shop_), "completed");
    world_.clock.advance(std::chrono::seconds{1});
    const SyncId second = submit().value();
    const auto listing = world_.syncs.list(shop_, {.query = "", .page = 0, .limit = 0});
    ASSERT_EQ(listing->page.items.size(), 2U);
    EXPECT_EQ(listing->page.items[0].id, second);
    EXPECT_EQ(listing->database.id, shop_);
    EXPECT_EQ(outcome(world_.syncs.list(DatabaseId::generate(), {})), "not_found");
}

TEST_F(SyncsTest, APendingOneIsCancelledAtOnce) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    const SyncId id = submit().value();
    ASSERT_EQ(outcome(world_.syncs.cancel(id)), ok);
    EXPECT_EQ(world_.syncs.get(id)->sync.status, SyncStatus::cancelled);
    EXPECT_EQ(outcome(world_.syncs.cancel(id)), "not_allowed_in_state");
    EXPECT_EQ(outcome(world_.syncs.cancel(SyncId::generate())), "not_found");
}

TEST_F(SyncsTest, AFailedOneIsTriedAgainAsANewOne) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "people", spec_of(R"({"a":1})"));
    SyncOptions options;
    options.extra = index::ExtraChoice::leave;
    options.fingerprint =
        world_.comparisons.plan({.database = shop_, .collections = {{"orders"}}}, options)->fingerprint;
    const SyncId old = submit({{"orders"}}, options).value();
    EXPECT_EQ(outcome(world_.syncs.retry({.sync = old})), "not_allowed_in_state");
    ASSERT_EQ(outcome(world_.syncs.cancel(old)), ok);
    const UserId user = UserId::generate();
    const auto fresh = world_.syncs.retry({.sync = old, .requested_by = user});
    ASSERT_EQ(outcome(fresh), ok);
    const Sync sync = world_.syncs.get(*fresh)->sync;
    EXPECT_EQ(sync.collections, std::vector<std::string>{"orders"});
    EXPECT_EQ(sync.options.extra, index::ExtraChoice::leave);
    EXPECT_FALSE(sync.options.fingerprint);
    EXPECT_EQ(sync.requested_by, user);
    EXPECT_EQ(outcome(world_.syncs.retry({.sync = SyncId::generate(), .requested_by = user})), "not_found");
}

TEST_F(SyncsTest, ACompletedOneIsNotTriedAgain) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    const SyncId id = submit().value();
    world_.work();
    EXPECT_EQ(outcome(world_.syncs.retry({.sync = id})), "not_allowed_in_state");
}

}  // namespace
}  // namespace mim::app
