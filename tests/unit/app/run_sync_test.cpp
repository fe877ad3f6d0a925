// The run of a sync when nothing goes wrong: every choice, and what is written down of it.
#include <gtest/gtest.h>

#include "world.hpp"

namespace mim::app {
namespace {

using Calls = std::vector<std::string>;

class RunSync : public ::testing::Test {
  protected:
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(RunSync, NothingToDoSendsNoWriteAndHasNoTasks) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    const SyncId id = world_.submit(shop_);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    const Sync sync = world_.sync(id);
    EXPECT_EQ(sync.status, SyncStatus::completed);
    EXPECT_EQ(sync.error, "");
    EXPECT_EQ(sync.total_tasks, 0);
    EXPECT_EQ(sync.progress, 100);
    EXPECT_TRUE(sync.started_at);
    EXPECT_TRUE(sync.completed_at);
    EXPECT_EQ(world_.server.writes(), Calls{});
}

TEST_F(RunSync, CreatesDropsAndModifies) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":60})"));
    world_.seed("orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":30})"));
    world_.seed("orders", spec_of(R"({"old":1})"));
    const SyncId id = world_.submit(shop_);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed) << world_.sync(id).error;
    EXPECT_EQ(world_.records(id), "modify t_1 completed; create a_1 completed; drop old_1 completed");
    EXPECT_EQ(world_.live("orders"), "a_1 t_1");
    EXPECT_EQ(world_.sync(id).completed_tasks, 3);
    EXPECT_EQ(world_.run(shop_), "completed");
}

TEST_F(RunSync, BuildsOneBatchPerCollection) {
    for (const char* collection : {"orders", "people"}) {
        world_.define(shop_, collection, spec_of(R"({"a":1})"));
        world_.define(shop_, collection, spec_of(R"({"b":1})"));
    }
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.server.writes(), (Calls{"create orders a_1,b_1", "create people a_1,b_1"}));
}

TEST_F(RunSync, ARecordTellsTheWholeStory) {
    world_.seed("orders", spec_of(R"({"x":1,"y":-1})", R"({"sparse":true})"));
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    const SyncId id = world_.submit(shop_);
    world_.work();
    const Sync sync = world_.sync(id);
    ASSERT_EQ(sync.records.size(), 2U);
    const SyncRecord& drop = sync.records[1];
    EXPECT_EQ(drop.action, index::Action::drop);
    EXPECT_EQ(drop.collection, "orders");
    EXPECT_EQ(drop.progress, 100);
    EXPECT_TRUE(drop.started_at && drop.completed_at);
    EXPECT_FALSE(drop.error);
    EXPECT_FALSE(drop.statement.empty());
    EXPECT_FALSE(drop.reason.empty());
    const index::Spec kept = index::Spec::from_document(drop.definition);
    EXPECT_EQ(kept.key, spec_of(R"({"x":1,"y":-1})").key);
    EXPECT_TRUE(kept.options.contains("sparse"));
}

TEST_F(RunSync, EachChoiceCanLeaveItsClass) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":60})"));
    world_.seed("orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":30})"));
    world_.seed("orders", spec_of(R"({"old":1})"));
    SyncOptions leave;
    leave.missing = index::MissingChoice::leave;
    leave.extra = index::ExtraChoice::leave;
    leave.changed = index::ChangedChoice::leave;
    EXPECT_EQ(world_.run(shop_, leave), "completed");
    EXPECT_EQ(world_.server.writes(), Calls{});
    EXPECT_EQ(world_.live("orders"), "old_1 t_1");
}

TEST_F(RunSync, TakesTheDatabaseIntoTheRegistry) {
    world_.define(shop_, "orders", spec_of(R"({"gone":1})"));
    const DefinitionId kept =
        world_.define(shop_, "orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":60})"));
    world_.seed("orders", spec_of(R"({"t":1})", R"({"expireAfterSeconds":30})"));
    world_.seed("orders", spec_of(R"({"new":1})"));
    SyncOptions reverse;
    reverse.missing = index::MissingChoice::remove_from_registry;
    reverse.extra = index::ExtraChoice::import_to_registry;
    reverse.changed = index::ChangedChoice::take_into_registry;
    const SyncId id = world_.submit(shop_, reverse);
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::completed) << world_.sync(id).error;
    EXPECT_EQ(world_.records(id), "redefine t_1 completed; forget gone_1 completed; define new_1 completed");
    EXPECT_EQ(world_.registry(shop_, "orders"), "new_1 t_1");
    EXPECT_EQ(world_.definitions.get(kept)->spec.options.find("expireAfterSeconds")->integer(), 30);
    EXPECT_EQ(world_.server.writes(), Calls{});
}

TEST_F(RunSync, HidesInsteadOfDropping) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"old":1})"));
    SyncOptions hide;
    hide.drop_mode = index::DropMode::hide;
    EXPECT_EQ(world_.run(shop_, hide), "completed");
    EXPECT_EQ(world_.live("orders"), "a_1 old_1");
    EXPECT_EQ(world_.server.writes(), Calls{"modify orders old_1"});
    EXPECT_EQ(world_.run(shop_, hide), "completed");  // hidden is all that was asked for
    EXPECT_EQ(world_.server.writes().size(), 1U);
}

TEST_F(RunSync, RunsOnlyTheCollectionsAskedFor) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "people", spec_of(R"({"a":1})"));
    world_.submit(shop_, {}, {{"people"}});
    world_.work();
    EXPECT_EQ(world_.server.writes(), Calls{"create people a_1"});
}

TEST_F(RunSync, TheProgressOfABuildIsShownWhileItRuns) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.server.build_reports = {{"scanning", 10, 100},
                                   {"scanning", 70, 100},
                                   {"inserting", 5, 100},
                                   {"?", {}, {}},
                                   {"inserting", 100, 100}};
    const SyncId id = world_.submit(shop_);
    std::vector<int> shown;
    world_.store.faults().on_call = [&](const std::string& call) {
        if (call != "progress.signal") return;
        const auto& records = world_.sync(id).records;
        if (!records.empty()) shown.push_back(records[0].progress);
    };
    world_.work();
    world_.store.faults().on_call = nullptr;
    EXPECT_EQ(shown, (std::vector<int>{0, 0, 10, 70, 70, 70}));  // never back, 100 only at the end
    EXPECT_EQ(world_.sync(id).records[0].progress, 100);
}

TEST_F(RunSync, WaitsForABuildOfOthersBeforeItDropsWhatItReplaces) {
    world_.define(shop_, "orders", spec_of(R"({"a":1,"b":1})"));
    world_.seed("orders", spec_of(R"({"a":1,"b":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    auto& building = world_.server.collection("shop", "orders").indexes[1];
    building.state = index::LiveIndex::State::building;
    world_.pause.on_wait = [&] {
        EXPECT_EQ(world_.server.writes(), Calls{});
        if (world_.pause.waits.size() == 3) building.state = index::LiveIndex::State::ready;
    };
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.pause.waits.size(), 3U);
    EXPECT_EQ(world_.server.writes(), Calls{"drop orders a_1"});
}

TEST_F(RunSync, RunsWithTheFingerprintOfTodayOnly) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    SyncOptions seen;
    seen.fingerprint =
        world_.comparisons.plan({.database = shop_, .collections = std::nullopt}, {})->fingerprint;
    const SyncId id = world_.submit(shop_, seen);
    world_.seed("orders", spec_of(R"({"b":1})"));  // after it was submitted
    EXPECT_EQ(world_.work(), RunOutcome::finished);
    EXPECT_EQ(world_.sync(id).status, SyncStatus::failed);
    EXPECT_NE(world_.sync(id).error.find("plan changed"), std::string::npos);
    EXPECT_TRUE(world_.sync(id).records.empty());
    EXPECT_EQ(world_.server.writes(), Calls{});
    seen.fingerprint =
        world_.comparisons.plan({.database = shop_, .collections = std::nullopt}, {})->fingerprint;
    EXPECT_EQ(world_.run(shop_, seen), "completed");
}

TEST_F(RunSync, NeverTouchesTheIdIndex) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"old":1})"));
    EXPECT_EQ(world_.run(shop_), "completed");
    for (const std::string& call : world_.server.writes())
        EXPECT_EQ(call.find("_id_"), std::string::npos) << call;
    EXPECT_TRUE(world_.server.has("shop", "orders", "_id_"));
}

}  // namespace
}  // namespace mim::app
