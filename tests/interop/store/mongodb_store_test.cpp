// What only the MongoDB store must answer for.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "interop/store/mongodb_world.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/sync_records.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

class MongodbStore : public ::testing::Test {
  protected:
    void SetUp() override { ASSERT_EQ(outcome(world_.databases().create(shop_)), "ok"); }
    app::Definition created(const std::string& field) {
        auto definition = contract::a_definition(shop_.id, "orders", field);
        EXPECT_EQ(outcome(world_.definitions().create(definition)), "ok");
        return definition;
    }
    MongoWorld world_;
    const app::Database shop_ = contract::a_database("shop");
};

TEST_F(MongodbStore, TwoUpdatesMaySwapNamesAndIdentities) {
    auto first = created("a"), second = created("b");
    std::swap(first.spec, second.spec);
    std::swap(first.signature, second.signature);
    ASSERT_EQ(
        outcome(world_.definitions().change({.removals = {}, .updates = {first, second}, .creations = {}})),
        "ok");
    EXPECT_EQ(world_.definitions().get(first.id)->spec.name, "b_1");
    EXPECT_EQ(world_.definitions().get(second.id)->spec.name, "a_1");
    EXPECT_EQ(world_.definitions().get(first.id)->created_at, contract::at(1));
}

TEST_F(MongodbStore, ManyChangesAtOnceAllHappen) {
    std::atomic<int> made{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            const auto name = "t" + std::to_string(i);
            const app::DefinitionChanges changes{
                .removals = {},
                .updates = {},
                .creations = {contract::a_definition(shop_.id, "orders", name),
                              contract::a_definition(shop_.id, "people", name)}};
            if (outcome(world_.definitions().change(changes)) == "ok") ++made;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(made, 8);
    EXPECT_EQ(world_.definitions().all_of(shop_.id, std::nullopt)->size(), 16U);
}

TEST_F(MongodbStore, AChangeOfThousandsIsOneChange) {
    app::DefinitionChanges changes;
    for (int i = 0; i < 2'500; ++i)
        changes.creations.push_back(
            contract::a_definition(shop_.id, "c" + std::to_string(i % 50), "f" + std::to_string(i)));
    ASSERT_EQ(outcome(world_.definitions().change(changes)), "ok");
    EXPECT_EQ(world_.definitions().all_of(shop_.id, std::nullopt)->size(), 2'500U);
    changes.creations = {contract::a_definition(shop_.id, "c0", "new"),
                         contract::a_definition(shop_.id, "c0", "f0")};
    EXPECT_EQ(outcome(world_.definitions().change(changes)), "already_exists");
    EXPECT_EQ(world_.collections().collections(shop_.id, {})->total, 50);
}

TEST_F(MongodbStore, TheFeedNamesWhatShouldHaveAJob) {
    const auto other = contract::a_database("other");
    ASSERT_EQ(outcome(world_.databases().create(other)), "ok");
    const auto late = contract::a_sync(shop_.id, 9), early = contract::a_sync(other.id, 2);
    ASSERT_EQ(outcome(world_.syncs().submit(late, {})), "ok");
    ASSERT_EQ(outcome(world_.syncs().submit(early, {})), "ok");
    EXPECT_EQ(*world_.feed().waiting(10), (std::vector<SyncId>{early.id, late.id}));
    EXPECT_EQ(*world_.feed().waiting(1), (std::vector<SyncId>{early.id}));
    ASSERT_EQ(outcome(world_.progress().claim(late.id, 1, contract::at(10))), "ok");
    EXPECT_EQ(world_.feed().waiting(10)->size(), 2U);  // a running one may have lost its worker
    ASSERT_EQ(outcome(world_.progress().finish(late.id, 1, app::SyncStatus::completed, "", contract::at(11))),
              "ok");
    ASSERT_EQ(outcome(world_.syncs().request_cancel(early.id, contract::at(11))), "ok");
    EXPECT_TRUE(world_.feed().waiting(10)->empty());
}

// A worker that passed its check, was stopped, and goes on when another one has claimed the sync.
TEST_F(MongodbStore, SealedRecordsRefuseAnOldFence) {
    const auto sync = contract::a_sync(shop_.id);
    ASSERT_EQ(outcome(world_.syncs().submit(sync, {})), "ok");
    ASSERT_EQ(outcome(world_.progress().claim(sync.id, 1, contract::at(2))), "ok");
    ASSERT_EQ(outcome(world_.progress().plan(sync.id, 1, {contract::a_record("a")}, contract::at(3))), "ok");
    const auto write_of = [&](app::Fence fence) {
        return *world_.link().update(names::sync_records,
                                     fields("sync", sync.id, "position", 0, "fence", fence),
                                     setting("status", "completed"));
    };
    EXPECT_EQ(write_of(1), 1);
    ASSERT_EQ(outcome(world_.progress().claim(sync.id, 2, contract::at(4))), "ok");
    EXPECT_EQ(write_of(1), 0);
    EXPECT_EQ(write_of(2), 1);
}

TEST_F(MongodbStore, OldPlansLeaveNothingBehind) {
    const auto sync = contract::a_sync(shop_.id);
    ASSERT_EQ(outcome(world_.syncs().submit(sync, {})), "ok");
    for (app::Fence fence = 1; fence < 4; ++fence) {
        ASSERT_EQ(outcome(world_.progress().claim(sync.id, fence, contract::at(2))), "ok");
        ASSERT_EQ(outcome(world_.progress().plan(sync.id, fence, {contract::a_record("a")}, contract::at(3))),
                  "ok");
    }
    EXPECT_EQ(*world_.link().count(names::sync_records, {}), 1);
}

// A worker that had exchanged the plan and was stopped before it cleared up, and goes on when another one has
// claimed the sync and planned.
TEST_F(MongodbStore, LateClearingUpTakesNothingFromAYoungerWorker) {
    const auto sync = contract::a_sync(shop_.id);
    ASSERT_EQ(outcome(world_.syncs().submit(sync, {})), "ok");
    ASSERT_EQ(outcome(world_.progress().claim(sync.id, 1, contract::at(2))), "ok");
    ASSERT_EQ(outcome(world_.progress().plan(sync.id, 1, {contract::a_record("a")}, contract::at(3))), "ok");
    const RecordPlace old{sync.id, shop_.id, sync_without_records(world_.link(), sync.id)->plan, 1};
    ASSERT_EQ(outcome(world_.progress().claim(sync.id, 2, contract::at(4))), "ok");
    ASSERT_EQ(outcome(world_.progress().plan(sync.id, 2, {contract::a_record("b")}, contract::at(5))), "ok");
    ASSERT_EQ(outcome(forget_older_plans(world_.link(), old)), "ok");
    const auto read = world_.syncs().get(sync.id);
    ASSERT_EQ(outcome(read), "ok");
    ASSERT_EQ(read->records.size(), 1U);
    EXPECT_EQ(read->records.front().index, "b");
}

TEST_F(MongodbStore, LateSealingTakesNothingFromAYoungerWorker) {
    const auto sync = contract::a_sync(shop_.id);
    ASSERT_EQ(outcome(world_.syncs().submit(sync, {})), "ok");
    ASSERT_EQ(outcome(world_.progress().claim(sync.id, 2, contract::at(2))), "ok");
    const auto planned = world_.progress().plan(sync.id, 2, {contract::a_record("a")}, contract::at(3));
    ASSERT_EQ(outcome(planned), "ok");
    const auto plan = sync_without_records(world_.link(), sync.id)->plan;
    ASSERT_EQ(outcome(seal_records(world_.link(), sync.id, plan, 1)), "ok");
    EXPECT_EQ(outcome(world_.progress().record(sync.id, 2, planned->front(), contract::at(4))), "ok");
}

// A removal that died after it had ended the sessions, or after the copy was in the trash.
TEST_F(MongodbStore, AnInterruptedRemovalOfAnAccountIsGoneOnWith) {
    auto root = contract::a_user("root");
    root.role = app::Role::admin;
    ASSERT_EQ(outcome(world_.users().create(root)), "ok");
    for (const auto status : {app::AccountStatus::enabled, app::AccountStatus::disabled}) {
        auto bob = contract::a_user("bob");
        bob.status = status;
        ASSERT_EQ(outcome(world_.users().create(bob)), "ok");
        const app::Discard first = contract::a_discard();
        const auto begun = fields("_id", bob.id);
        ASSERT_EQ(outcome(world_.users().remove(bob.id, first)), "ok");
        const auto copy = *world_.link().find(names::trash, {});
        ASSERT_EQ(copy.size(), 1U);
        ASSERT_EQ(outcome(world_.trash().restore(first.as)), "ok");
        ASSERT_TRUE(world_.link().insert(names::trash, copy));
        ASSERT_EQ(*world_.link().update(names::users, begun,
                                        setting("disabled", true, "removal", first.as, "was_disabled",
                                                status == app::AccountStatus::disabled)),
                  1);
        ASSERT_EQ(outcome(world_.users().remove(bob.id, contract::a_discard())), "ok");
        const auto listed = world_.trash().list(app::TrashedAccounts::shown, {}).value();
        ASSERT_EQ(listed.total, 1);
        ASSERT_EQ(outcome(world_.trash().restore(listed.items.front().id)), "ok");
        EXPECT_EQ(world_.users().get(bob.id)->status, status);
        ASSERT_EQ(outcome(world_.users().remove(bob.id, contract::a_discard())), "ok");
        const auto again = world_.trash().list(app::TrashedAccounts::shown, {}).value();
        ASSERT_TRUE(world_.trash().purge(again.items.front().id).value());
    }
}

// What somebody decides between two attempts is what comes back.
TEST_F(MongodbStore, AnAccountThatIsDisabledAfterAnInterruptedRemovalComesBackDisabled) {
    auto root = contract::a_user("root");
    root.role = app::Role::admin;
    auto bob = contract::a_user("bob");
    for (const auto* user : {&root, &bob}) ASSERT_EQ(outcome(world_.users().create(*user)), "ok");
    const app::Discard first = contract::a_discard();
    ASSERT_EQ(*world_.link().update(names::users, fields("_id", bob.id),
                                    setting("disabled", true, "removal", first.as, "was_disabled", false)),
              1);
    ASSERT_EQ(outcome(world_.users().set_status(bob.id, app::AccountStatus::enabled, contract::at(2))), "ok");
    ASSERT_EQ(outcome(world_.users().set_status(bob.id, app::AccountStatus::disabled, contract::at(3))),
              "ok");
    ASSERT_EQ(outcome(world_.users().remove(bob.id, contract::a_discard())), "ok");
    ASSERT_EQ(outcome(world_.trash().restore(first.as)), "ok");
    EXPECT_EQ(world_.users().get(bob.id)->status, app::AccountStatus::disabled);
}

TEST_F(MongodbStore, ADamagedDocumentIsAnErrorAndNoCrash) {
    const auto definition = created("a");
    ASSERT_EQ(*world_.link().update(names::definitions, fields("_id", definition.id), setting("key", "text")),
              1);
    EXPECT_EQ(outcome(world_.definitions().get(definition.id)), "store_failed");
    ASSERT_EQ(*world_.link().update(names::databases, fields("_id", shop_.id), setting("created_at", 5)), 1);
    EXPECT_EQ(outcome(world_.databases().get(shop_.id)), "store_failed");
}

TEST_F(MongodbStore, AConnectionStringStaysOutOfErrors) {
    auto again = shop_;  // the same id
    again.name = "other";
    const auto refused = world_.databases().create(again);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.find("s3cret"), std::string::npos);
}

TEST(MongodbStoreStart, ADeadServerIsOneLineWithoutCredentials) {
    MongoDeployment deployment;
    deployment.uri = Secret("mongodb://root:s3cret@127.0.0.1:1/db_manager");
    deployment.server_selection = std::chrono::milliseconds{200};
    const auto refused = open_mongodb(deployment, system_clock());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::not_ready);
    EXPECT_EQ(refused.error().message.find("s3cret"), std::string::npos);
    EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
    EXPECT_NE(refused.error().message.find("127.0.0.1:1"), std::string::npos);
}

}  // namespace
}  // namespace mim::store::mongodb
