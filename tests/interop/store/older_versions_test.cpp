// A store as versions left it that made their own transactions, brought up to date; also when that is
// interrupted.
#include "store/mongodb/older_versions.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "interop/store/fail_point.hpp"
#include "interop/store/mongodb_world.hpp"
#include "store/descriptions/definition.hpp"
#include "store/descriptions/trash_entry.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

constexpr std::chrono::milliseconds long_ago{60'000};

// Its documents, literally.
class OldStore : public ::testing::Test {
  protected:
    // Somebody died with the lock, `ago` after it ran out, in the middle of change 7. `also` are flags of it.
    void left_locked(const app::Database& database, std::chrono::milliseconds ago,
                     const bson::Document& also = {}, std::int64_t settled = 6) {
        bson::Builder lock;
        put_all(lock, "holder", DatabaseId::generate(), "until", system_clock().now() - ago);
        lock.add_all(also.view());
        ASSERT_EQ(*link().update(names::databases, fields("_id", database.id),
                                 setting("lock", lock.take(), "changes",
                                         fields("begun", std::int64_t{7}, "settled", settled))),
                  1);
    }
    // Without a lock: nobody was at work.
    void make(const app::Database& database) {
        ASSERT_EQ(outcome(world_.databases().create(database)), "ok");
        ASSERT_EQ(
            *link().update(
                names::databases, fields("_id", database.id),
                fields("$unset", fields("lock", true), "$set",
                       fields("changes", fields("begun", std::int64_t{6}, "settled", std::int64_t{6})))),
            1);
    }
    static bson::Document written(const app::Definition& definition, std::int64_t change) {
        bson::Builder document;
        document.add_all(to_document(definition).view());
        put(document, "change", change);
        return document.take();
    }
    void insert(const app::Definition& definition, std::int64_t change = 6) {
        ASSERT_TRUE(link().insert(names::definitions, {written(definition, change)}));
    }
    template <class Value>
    void note(const app::Database& database, const char* what, const Value& value) {
        ASSERT_TRUE(link().insert(names::definitions_undo,
                                  {fields("_id", DatabaseId::generate(), "database", database.id, "number",
                                          std::int64_t{7}, what, value)}));
    }
    void remove(const app::Definition& definition) {
        ASSERT_EQ(*link().remove(names::definitions, fields("_id", definition.id), Several::one), 1);
    }
    // The next start.
    std::string started() {
        try {
            (void)open_or_throw(world_.name());
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "ok";
    }
    std::string names_of(const app::Database& database) {
        std::string text;
        const auto all = world_.definitions().all_of(database.id, std::nullopt);
        for (const auto& each : *all) text += each.collection + "." + each.spec.name + " ";
        return text;
    }
    std::string counts_of_collections(const app::Database& database) {
        std::string text;
        const auto found = world_.collections().collections(database.id, {});
        for (const auto& each : found->items)
            text += each.collection + ":" + std::to_string(each.total_indexes) + " ";
        return text;
    }
    std::string created(const app::Database& database, const char* field) {
        return outcome(world_.definitions().create(contract::a_definition(database.id, "orders", field)));
    }
    Link& link() { return world_.link(); }
    std::int64_t stored(const char* collection) { return link().count(collection, {}).value(); }

    MongoWorld world_;
    const app::Database shop_ = contract::a_database("shop");
    const app::Definition first_ = contract::a_definition(shop_.id, "orders", "a");
    const app::Definition second_ = contract::a_definition(shop_.id, "orders", "b");
    const app::Definition third_ = contract::a_definition(shop_.id, "orders", "a");
};

TEST_F(OldStore, ItsDefinitionsAreCounted) {
    make(shop_);
    insert(first_);
    insert(second_);
    insert(contract::a_definition(shop_.id, "people", "a"));
    ASSERT_EQ(started(), "ok");
    EXPECT_EQ(counts_of_collections(shop_), "orders:2 people:1 ");
    EXPECT_EQ(created(shop_, "c"), "ok");
    EXPECT_EQ(counts_of_collections(shop_), "orders:3 people:1 ");
}

TEST_F(OldStore, ADatabaseThatIsMadeMeanwhileIsCarriedOverByItsFirstChange) {
    make(shop_);
    insert(first_);
    EXPECT_EQ(created(shop_, "c"), "ok");
    EXPECT_EQ(counts_of_collections(shop_), "orders:2 ");
}

TEST_F(OldStore, AHalfDoneChangeIsUndone) {
    make(shop_);
    note(shop_, "before", written(first_, 3));
    note(shop_, "before", written(second_, 3));
    note(shop_, "created", third_.id);
    insert(third_, 7);
    left_locked(shop_, long_ago);
    ASSERT_EQ(started(), "ok");
    EXPECT_EQ(names_of(shop_), "orders.a_1 orders.b_1 ");
    EXPECT_EQ(outcome(world_.definitions().get(third_.id)), "not_found");
    EXPECT_EQ(counts_of_collections(shop_), "orders:2 ");
    EXPECT_EQ(stored(names::definitions_undo), 0);
}

TEST_F(OldStore, AChangeThatWasSaidToLastDoes) {
    make(shop_);
    note(shop_, "before", written(first_, 3));
    note(shop_, "created", third_.id);
    insert(third_, 7);
    left_locked(shop_, long_ago, {}, 7);
    ASSERT_EQ(started(), "ok");
    EXPECT_EQ(outcome(world_.definitions().get(third_.id)), "ok");
    EXPECT_EQ(names_of(shop_), "orders.a_1 ");
    EXPECT_EQ(stored(names::definitions_undo), 0);
}

// One of before the numbers said so in the lock.
TEST_F(OldStore, OneWithoutNumbersIsUndoneOrLasts) {
    for (const bool committed : {false, true}) {
        const auto database = contract::a_database(committed ? "lasts" : "undone");
        make(database);
        const auto gone = contract::a_definition(database.id, "orders", "a");
        ASSERT_TRUE(link().insert(
            names::definitions_undo,
            {fields("_id", DatabaseId::generate(), "database", database.id, "before", to_document(gone))}));
        left_locked(database, long_ago, committed ? fields("committed", true) : bson::Document());
        ASSERT_EQ(started(), "ok");
        EXPECT_EQ(names_of(database), committed ? "" : "orders.a_1 ");
    }
}

TEST_F(OldStore, AHalfDoneRenamingIsUndone) {
    make(shop_);
    insert(first_);
    auto renamed = second_;
    renamed.collection = "sales";
    insert(renamed, 7);
    note(shop_, "renamed", fields("from", "orders", "to", "sales"));
    left_locked(shop_, long_ago);
    ASSERT_EQ(started(), "ok");
    EXPECT_EQ(names_of(shop_), "orders.a_1 orders.b_1 ");
    EXPECT_EQ(counts_of_collections(shop_), "orders:2 ");
}

TEST_F(OldStore, ARemovalThatBeganIsFinished) {
    make(shop_);
    insert(second_);
    left_locked(shop_, long_ago, fields("removing", true));
    EXPECT_EQ(created(shop_, "c"), "not_found");
    ASSERT_EQ(started(), "ok");
    EXPECT_EQ(outcome(world_.databases().get(shop_.id)), "not_found");
    EXPECT_EQ(stored(names::definitions), 0);
}

TEST_F(OldStore, ARemovalIntoTheTrashIsFinishedWithTheSameEntry) {
    for (const bool copied : {false, true}) {
        const auto database = contract::a_database(copied ? "copied" : "half copied");
        make(database);
        const auto kept = contract::a_definition(database.id, "orders", "a");
        insert(kept);
        insert(contract::a_definition(database.id, "orders", "b"));
        const auto discard = contract::a_discard();
        const auto noted = fields("as", discard.as, "at", discard.at, "by", discard.by);
        ASSERT_EQ(outcome(world_.databases().discard(database.id, discard)), "ok");
        const auto entry = *link().find_one(names::trash, fields("_id", discard.as));
        const auto content = Reader(*entry).part("content");
        bson::Builder again;
        again.add_all(*content);
        ASSERT_TRUE(link().insert(names::databases, {again.take()}));
        ASSERT_EQ(
            outcome(world_.databases().set_protection(database.id, app::Protection::off, contract::at(9))),
            "ok");
        if (!copied) {
            ASSERT_EQ(*link().remove(names::trash, fields("_id", discard.as), Several::one), 1);
            const auto one = *link().find_one(names::trash_definitions, fields("trash", discard.as));
            ASSERT_TRUE(link().insert(names::definitions, {to_document(kept)}));
            ASSERT_EQ(*link().update(names::trash_definitions, fields("_id", *one->find("_id")),
                                     setting("trash", discard.as)),
                      1);
            const auto other = contract::a_definition(database.id, "orders", "c");
            ASSERT_TRUE(link().insert(names::definitions, {to_document(other)}));
            ASSERT_EQ(
                *link().remove(names::trash_definitions,
                               fields("trash", discard.as, "_id", fields("$ne", kept.id)), Several::all),
                1);
        }
        left_locked(database, long_ago, fields("removing", true, "discard", noted));
        ASSERT_EQ(started(), "ok");
        EXPECT_EQ(outcome(world_.databases().get(database.id)), "not_found");
        EXPECT_EQ(world_.trash().get(discard.as)->definitions, 2);
        ASSERT_EQ(outcome(world_.trash().restore(discard.as)), "ok");
        EXPECT_EQ(names_of(database), copied ? "orders.a_1 orders.b_1 " : "orders.a_1 orders.c_1 ");
    }
}

TEST_F(OldStore, APurgeThatBeganIsNotTakenBack) {
    make(shop_);
    insert(first_);
    const auto discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    ASSERT_EQ(*link().update(names::trash, fields("_id", discard.as),
                             setting("purging", true, "claim.holder", DatabaseId::generate(), "claim.until",
                                     system_clock().now() - long_ago)),
              1);
    ASSERT_EQ(started(), "ok");
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "not_found");
    EXPECT_EQ(stored(names::trash_definitions), 0);
    EXPECT_EQ(stored(names::leaving), 0);
}

TEST_F(OldStore, ARestoreThatBeganIsDoneByTheNext) {
    make(shop_);
    insert(first_);
    insert(second_);
    const auto discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    insert(first_);
    ASSERT_EQ(started(), "ok");
    ASSERT_EQ(outcome(world_.trash().restore(discard.as)), "ok");
    EXPECT_EQ(names_of(shop_), "orders.a_1 orders.b_1 ");
    EXPECT_EQ(counts_of_collections(shop_), "orders:2 ");
}

TEST_F(OldStore, WhatIsNotWholeIsNotRestored) {
    make(shop_);
    insert(first_);
    insert(second_);
    const auto discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    ASSERT_EQ(*link().remove(names::trash_definitions, fields("_id", first_.id), Several::one), 1);
    EXPECT_EQ(outcome(world_.trash().restore(discard.as)), "not_found");
    EXPECT_EQ(outcome(world_.databases().get(shop_.id)), "not_found");
    EXPECT_EQ(stored(names::definitions), 0);
    EXPECT_EQ(world_.trash().list(app::TrashedAccounts::shown, {})->total, 1);
}

TEST_F(OldStore, OneThatIsStillAtWorkIsWaitedForAndThenIsNot) {
    make(shop_);
    left_locked(shop_, -std::chrono::milliseconds{1'000});
    EXPECT_EQ(outcome(carry_over_all(link(), std::chrono::milliseconds{0})), "not_ready");
    EXPECT_EQ(started(), "ok");  // after a second
    EXPECT_EQ(created(shop_, "c"), "ok");
}

TEST_F(OldStore, ALockOfAClockThatWasAheadIsNoLock) {
    make(shop_);
    left_locked(shop_, -std::chrono::hours{1});
    EXPECT_EQ(outcome(carry_over_all(link(), std::chrono::milliseconds{0})), "ok");
}

// As such a process asks for the lock.
TEST_F(OldStore, NobodyGetsTheLockAnyMore) {
    const auto until = [](const char* is, Timestamp time) { return fields("lock.until", fields(is, time)); };
    make(shop_);
    const auto now = system_clock().now();
    const auto to_be_had = fields("_id", shop_.id, "$or",
                                  documents(fields("lock", fields("$exists", false)), until("$lt", now),
                                            until("$gt", now + std::chrono::minutes{1})));
    EXPECT_EQ(link().count(names::databases, to_be_had).value(), 1);
    ASSERT_EQ(started(), "ok");
    EXPECT_EQ(link().count(names::databases, to_be_had).value(), 0);
}

// At each command in turn; every kind of thing that may be left is there.
TEST_F(OldStore, CarryingOverMayBeInterruptedAnywhere) {
    for (int step = 0;; ++step) {
        ASSERT_LT(step, 200);
        const auto half_done = contract::a_database("half " + std::to_string(step)),
                   removed = contract::a_database("removed " + std::to_string(step));
        make(half_done);
        make(removed);
        const auto changed = contract::a_definition(half_done.id, "orders", "a");
        note(half_done, "before", written(changed, 3));
        insert(contract::a_definition(half_done.id, "people", "a"), 3);
        left_locked(half_done, long_ago);
        const auto discard = contract::a_discard();
        insert(contract::a_definition(removed.id, "orders", "a"), 3);
        left_locked(removed, long_ago,
                    fields("removing", true, "discard",
                           fields("as", discard.as, "at", discard.at, "by", discard.by)));
        std::string interrupted;
        {
            const FailPoint point(
                link(), fields("skip", step),
                {"find", "aggregate", "insert", "update", "delete", "findAndModify", "commitTransaction"},
                fields("errorCode", 8'000, "appName", "mim store"));
            MIM_SKIP_UNLESS_SET(point);
            interrupted = outcome(carry_over_all(link()));
        }
        ASSERT_TRUE(link().run_on_admin(fields("killAllSessions", ArrayOf{})));
        ASSERT_EQ(started(), "ok");
        EXPECT_EQ(names_of(half_done), "orders.a_1 people.a_1 ") << step;
        EXPECT_EQ(counts_of_collections(half_done), "orders:1 people:1 ") << step;
        EXPECT_EQ(outcome(world_.databases().get(removed.id)), "not_found") << step;
        EXPECT_EQ(world_.trash().get(discard.as)->definitions, 1) << step;
        ASSERT_EQ(outcome(world_.trash().restore(discard.as)), "ok") << step;
        EXPECT_EQ(names_of(removed), "orders.a_1 ") << step;
        EXPECT_EQ(stored(names::definitions_undo) + stored(names::leaving), 0) << step;
        if (interrupted == "ok") break;
    }
}

}  // namespace
}  // namespace mim::store::mongodb
