// What a process leaves behind that dies in the middle of a change of many documents, and who repairs it.
#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "interop/store/mongodb_world.hpp"
#include "store/descriptions/definition.hpp"
#include "store/mongodb/database_lock.hpp"
#include "store/mongodb/definition_undo.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

class Interruption : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(outcome(world_.databases().create(shop_)), "ok");
        for (const auto* definition : {&first_, &second_})
            ASSERT_EQ(outcome(world_.definitions().create(*definition)), "ok");
    }
    // As somebody left it who died `ago` in the middle of change 7; `also` are flags of the lock.
    void left_locked(std::chrono::milliseconds ago, const bson::Document& also = {}) {
        left_locked_at(half_done_.number, ago, also);
    }
    void left_locked_at(std::int64_t change, std::chrono::milliseconds ago, const bson::Document& also = {}) {
        bson::Builder lock;
        put_all(lock, "holder", DatabaseId::generate(), "until", system_clock().now() - ago);
        lock.add_all(also.view());
        ASSERT_EQ(*world_.link().update(names::databases, fields("_id", shop_.id),
                                        setting("lock", lock.take(), "changes.begun", change)),
                  1);
    }
    // Its holder was stopped for too long.
    void run_out() {
        ASSERT_EQ(*world_.link().update(names::databases, fields("_id", shop_.id),
                                        setting("lock.until", system_clock().now() - long_ago)),
                  1);
    }
    // Runs out at once, so it is renewed before every write.
    static LockTimes at_once() {
        LockTimes times;
        times.lifetime = std::chrono::milliseconds{0};
        return times;
    }
    // The first half of a change that removes the first, renames the second and creates a third.
    void begin_change() {
        const auto before = *world_.link().find(names::definitions, {.filter = fields("database", shop_.id)});
        ASSERT_TRUE(note_undo(world_.link(), half_done_, {before, {third_.id}}));
        ASSERT_TRUE(remove_definitions(world_.link(), half_done_, {first_.id, second_.id}));
        ASSERT_TRUE(world_.link().insert(names::definitions, {third_as_written()}));
    }
    std::string names_now() {
        std::string text;
        const auto all = world_.definitions().all_of(shop_.id, std::nullopt);
        for (const auto& each : *all) text += each.collection + "." + each.spec.name + " ";
        return text;
    }
    [[nodiscard]] bson::Document third_as_written() const {
        return stamped(half_done_, to_document(third_).view());
    }
    std::int64_t notes() { return *world_.link().count(names::definitions_undo, {}); }
    std::string removed(const app::Definition& definition) {
        return outcome(
            world_.definitions().change({.removals = {definition.id}, .updates = {}, .creations = {}}));
    }
    std::string touched() {
        return outcome(world_.definitions().create(contract::a_definition(shop_.id, "orders", "next")));
    }

    MongoWorld world_;
    const app::Database shop_ = contract::a_database("shop");
    const app::Definition first_ = contract::a_definition(shop_.id, "orders", "a");
    const app::Definition second_ = contract::a_definition(shop_.id, "orders", "b");
    const app::Definition third_ = contract::a_definition(shop_.id, "orders", "a");
    const ChangeOf half_done_{shop_.id, 7};
    static constexpr std::chrono::milliseconds long_ago{60'000};
};

TEST_F(Interruption, AHalfDoneChangeIsUndoneByTheNext) {
    begin_change();
    left_locked(long_ago);
    EXPECT_EQ(names_now(), "orders.a_1 ");
    EXPECT_EQ(touched(), "ok");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 orders.next_1 ");
    EXPECT_EQ(outcome(world_.definitions().get(first_.id)), "ok");
    EXPECT_EQ(outcome(world_.definitions().get(third_.id)), "not_found");
    EXPECT_EQ(notes(), 0);
}

TEST_F(Interruption, UndoingMayItselfBeInterrupted) {
    begin_change();
    ASSERT_TRUE(remove_definitions(world_.link(), half_done_, {third_.id}));
    left_locked(long_ago);
    EXPECT_EQ(touched(), "ok");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 orders.next_1 ");
}

TEST_F(Interruption, ACommittedChangeStays) {
    begin_change();
    left_locked(long_ago);
    ASSERT_EQ(*world_.link().update(names::databases, fields("_id", shop_.id),
                                    setting("changes.settled", half_done_.number)),
              1);
    EXPECT_EQ(touched(), "ok");
    EXPECT_EQ(names_now(), "orders.a_1 orders.next_1 ");
    EXPECT_EQ(outcome(world_.definitions().get(third_.id)), "ok");
    EXPECT_EQ(notes(), 0);
}

// Processes of a fleet are replaced one after the other, and one of the old version may die meanwhile.
TEST_F(Interruption, WhatAVersionWithoutNumbersLeftIsUndoneOrStays) {
    for (const bool committed : {false, true}) {
        const auto gone = committed ? second_.id : first_.id;
        const auto before = *world_.link().find(names::definitions, {.filter = fields("_id", gone)});
        ASSERT_TRUE(world_.link().insert(
            names::definitions_undo,
            {fields("_id", DatabaseId::generate(), "database", shop_.id, "before", before.front())}));
        ASSERT_TRUE(remove_definitions(world_.link(), half_done_, {gone}));
        left_locked(long_ago, committed ? fields("committed", true) : bson::Document());
        EXPECT_EQ(removed(third_), "ok");
        EXPECT_EQ(outcome(world_.collections().rename_collection(shop_.id, "none", "nothing")), "ok");
        EXPECT_EQ(names_now(), committed ? "orders.a_1 " : "orders.a_1 orders.b_1 ");
        EXPECT_EQ(notes(), 0);
    }
}

TEST_F(Interruption, AHalfDoneRenamingIsUndone) {
    ASSERT_TRUE(note_undo_of_rename(world_.link(), half_done_, "orders", "sales"));
    ASSERT_EQ(*world_.link().update(names::definitions, fields("_id", first_.id),
                                    setting("collection", "sales", "collection_folded", "sales")),
              1);
    left_locked(long_ago);
    EXPECT_EQ(touched(), "ok");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 orders.next_1 ");
}

// What a purge left that died between its parts.
TEST_F(Interruption, APurgeThatBeganIsNotTakenBack) {
    const app::Discard discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    ASSERT_EQ(*world_.link().update(names::trash, fields("_id", discard.as),
                                    setting("purging", true, "claim.holder", DatabaseId::generate(),
                                            "claim.until", system_clock().now() - long_ago)),
              1);
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "not_found");
    EXPECT_EQ(outcome(world_.databases().get(shop_.id)), "not_found");
    EXPECT_TRUE(world_.trash().purge(discard.as).value());
    EXPECT_EQ(*world_.link().count(names::trash_definitions, {}), 0);
    EXPECT_FALSE(world_.trash().purge(discard.as).value());
}

// A version without claims purges beside us.
TEST_F(Interruption, WhatIsNotWholeIsNotRestored) {
    const app::Discard discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    ASSERT_EQ(*world_.link().remove(names::trash_definitions, fields("_id", first_.id), Several::one), 1);
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "not_found");
    EXPECT_EQ(outcome(world_.databases().get(shop_.id)), "not_found");
    EXPECT_EQ(*world_.link().count(names::definitions, {}), 0);
}

TEST_F(Interruption, ARestoreThatBeganIsDoneByTheNext) {
    const app::Discard discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    ASSERT_TRUE(world_.link().insert(names::definitions, {to_document(first_)}));
    ASSERT_EQ(*world_.link().update(names::trash, fields("_id", discard.as),
                                    setting("claim.holder", DatabaseId::generate(), "claim.until",
                                            system_clock().now() - long_ago)),
              1);
    ASSERT_EQ(outcome(world_.trash().restore(discard.as)), "ok");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 ");
    EXPECT_FALSE(world_.trash().purge(discard.as).value());
}

// It died when all was back and only the entry was left; then the definitions are used again.
TEST_F(Interruption, ARestoreThatWasInterruptedAtItsEndChangesNothingAgain) {
    const app::Discard discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    const auto entry = *world_.link().find(names::trash, {});
    const auto parts = *world_.link().find(names::trash_definitions, {});
    ASSERT_EQ(outcome(world_.trash().restore(discard.as)), "ok");
    ASSERT_TRUE(world_.link().insert(names::trash, entry));
    ASSERT_TRUE(world_.link().insert(names::trash_definitions, parts));
    auto renamed = world_.databases().get(shop_.id).value();
    const Timestamp as_of = renamed.updated_at;
    renamed.name = "another name";
    ASSERT_EQ(outcome(world_.databases().update(renamed, as_of, app::Destination::same)), "ok");
    ASSERT_EQ(removed(first_), "ok");
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "already_exists");
    EXPECT_EQ(names_now(), "orders.b_1 ");
}

TEST_F(Interruption, ARemovalThatBeganIsFinished) {
    ASSERT_TRUE(remove_definitions(world_.link(), half_done_, {first_.id}));
    left_locked(long_ago, fields("removing", true));
    EXPECT_EQ(touched(), "not_found");
    EXPECT_EQ(outcome(world_.databases().get(shop_.id)), "not_found");
    EXPECT_EQ(outcome(world_.definitions().get(second_.id)), "not_found");
}

TEST_F(Interruption, AChangeThatTheServerRefusesHalfWayIsUndone) {
    auto renamed = second_;
    renamed.spec.name = "renamed";
    auto too_large = contract::a_definition(shop_.id, "orders", "c");
    too_large.spec.options = bson::Builder().add("text", std::string(17U * 1024 * 1024, 'x')).take();
    EXPECT_EQ(outcome(world_.definitions().change(
                  {.removals = {}, .updates = {renamed}, .creations = {too_large}})),
              "store_failed");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 ");
    EXPECT_EQ(notes(), 0);
    EXPECT_EQ(touched(), "ok");  // and the lock was given back
}

TEST_F(Interruption, AnIdThatExistsIsNotTakenByACreation) {
    auto same_id = contract::a_definition(shop_.id, "orders", "c");
    same_id.id = first_.id;
    const app::DefinitionChanges changes{
        .removals = {},
        .updates = {},
        .creations = {contract::a_definition(shop_.id, "orders", "d"), same_id}};
    EXPECT_EQ(outcome(world_.definitions().change(changes)), "already_exists");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 ");
}

TEST_F(Interruption, ALockOfAClockThatWasAheadIsHadAtOnce) {
    left_locked(-std::chrono::hours{1});
    EXPECT_EQ(touched(), "ok");
}

TEST_F(Interruption, AHolderThatWasStoppedFindsOutBeforeItsNextWrite) {
    auto stopped = DatabaseLock::acquire(world_.shared_link(), shop_.id, at_once());
    ASSERT_TRUE(stopped);
    left_locked(-long_ago);  // another one took it
    EXPECT_EQ(outcome(stopped->keep()), "store_failed");
}

TEST_F(Interruption, WhatAStoppedHolderWritesLateTouchesNothingOfThoseWhoCameAfter) {
    const auto before = *world_.link().find(names::definitions, {.filter = fields("database", shop_.id)});
    ASSERT_TRUE(note_undo(world_.link(), half_done_, {before, {third_.id}}));
    ASSERT_TRUE(note_undo_of_rename(world_.link(), half_done_, "orders", "sales"));
    left_locked(long_ago);
    EXPECT_EQ(touched(), "ok");
    EXPECT_EQ(*remove_definitions(world_.link(), half_done_, {first_.id, second_.id}), 0);
    EXPECT_EQ(*world_.link().update(names::definitions, touchable(half_done_, fields("collection", "orders")),
                                    renaming(half_done_, "sales"), Several::all),
              0);
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 orders.next_1 ");
}

TEST_F(Interruption, LateNotesAreOfNoUse) {
    left_locked(long_ago);
    EXPECT_EQ(touched(), "ok");  // it has given the lock back
    ASSERT_TRUE(note_undo(world_.link(), half_done_, {{}, {first_.id}}));
    left_locked_at(9, long_ago);  // and another one died in a later change
    EXPECT_EQ(removed(second_), "ok");
    EXPECT_EQ(names_now(), "orders.a_1 orders.next_1 ");
    EXPECT_EQ(notes(), 0);
}

TEST_F(Interruption, WhatArrivesAfterTheLockIsLostIsTakenBack) {
    auto stopped = DatabaseLock::acquire(world_.shared_link(), shop_.id, at_once());
    ASSERT_TRUE(stopped);
    run_out();
    EXPECT_EQ(touched(), "ok");
    const auto late = contract::a_definition(shop_.id, "orders", "late");
    ASSERT_TRUE(
        world_.link().insert(names::definitions, {stamped(stopped->change(), to_document(late).view())}));
    EXPECT_EQ(outcome(stopped->keep()), "store_failed");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 orders.next_1 ");
}

TEST_F(Interruption, AChangeInDoubtIsUndoneOrLasts) {
    for (const bool lasted : {false, true}) {
        auto lock = DatabaseLock::acquire(world_.shared_link(), shop_.id);
        ASSERT_TRUE(lock);
        const auto made = contract::a_definition(shop_.id, "orders", "made");
        ASSERT_TRUE(note_undo(world_.link(), lock->change(), {{}, {made.id}}));
        ASSERT_TRUE(
            world_.link().insert(names::definitions, {stamped(lock->change(), to_document(made).view())}));
        if (lasted) {
            ASSERT_EQ(*world_.link().update(names::databases, fields("_id", shop_.id),
                                            setting("changes.settled", lock->change().number)),
                      1);
        }
        const auto ended = lock->end_in_doubt(Error(ErrorCode::not_ready, "no answer"));
        EXPECT_EQ(outcome(ended), lasted ? "ok" : "not_ready");
        EXPECT_EQ(names_now(), lasted ? "orders.a_1 orders.b_1 orders.made_1 " : "orders.a_1 orders.b_1 ");
    }
    run_out();
    EXPECT_EQ(touched(), "ok");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 orders.made_1 orders.next_1 ");
}

TEST_F(Interruption, WhoWaitsForTooLongIsToldToComeAgain) {
    left_locked(-long_ago);
    LockTimes times;
    times.patience = std::chrono::milliseconds{1};
    EXPECT_EQ(outcome(DatabaseLock::acquire(world_.shared_link(), shop_.id, times)), "not_ready");
    EXPECT_EQ(names_now(), "orders.a_1 orders.b_1 ");  // reading needs no lock
}

}  // namespace
}  // namespace mim::store::mongodb
