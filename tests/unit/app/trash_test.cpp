// What deletions ask for, and what brings back what they took.
#include "app/trash.hpp"

#include <gtest/gtest.h>

#include "app/old_trash.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

using Asked = Confirmation::Asked;

class TrashTest : public ::testing::Test {
  protected:
    std::string remove_shop(const Confirmation& confirmation) {
        return outcome(world_.databases.remove(shop_, confirmation, Role::editor, by_));
    }
    std::string remove_orders(const Confirmation& confirmation) {
        return outcome(world_.collections.remove(shop_, "orders", confirmation, Role::editor, by_));
    }
    TrashId only_entry() { return trash_.list({}, Role::admin).value().items.at(0).id; }

    World world_;
    Trash trash_{{world_.store.trash(), world_.clock}};
    AuditLog audit_{{world_.store.audit(), world_.store.users(), world_.clock}};
    OldTrash old_trash_{{world_.store.trash(), audit_, world_.clock}};
    const DatabaseId shop_ = world_.add_database();
    const UserId by_ = UserId::generate();
};

TEST_F(TrashTest, ADatabaseWithDefinitionsAsksForItsNameAndSaysHowManyGo) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    ASSERT_EQ(outcome(world_.store.collections().note_made(
                  {.database = shop_, .created_at = world_.clock.now(), .name = "without"})),
              ok);
    const auto unsure = world_.databases.remove(shop_, {}, Role::editor, by_);
    EXPECT_EQ(outcome(unsure), "not_allowed_in_state");
    EXPECT_TRUE(names_field(unsure, "confirm"));
    EXPECT_NE(
        unsure.error().fields.front().reason.find("'shop' with its index definitions (2, collections: 1):"),
        std::string::npos)
        << unsure.error().fields.front().reason;
    EXPECT_EQ(remove_shop({.given = "Shop"}), "not_allowed_in_state");
    EXPECT_EQ(remove_shop({.given = "shop"}), ok);
    EXPECT_EQ(trash_.list({}, Role::admin)->items.at(0).deleted_by, by_);
}

TEST_F(TrashTest, ADatabaseWithoutDefinitionsAsksForNothingNorDoesAClientOfOld) {
    EXPECT_EQ(remove_shop({}), ok);
    ASSERT_EQ(outcome(trash_.restore(only_entry(), Role::editor)), ok);
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(remove_shop({.asked = Asked::nothing}), ok);
}

TEST_F(TrashTest, CollectionsOfEveryPageAreCounted) {
    for (int number = 0; number < max_page_limit + 1; ++number)
        world_.define(shop_, "c" + std::to_string(number), spec_of(R"({"a":1})"));
    const auto unsure = world_.databases.remove(shop_, {}, Role::editor, by_);
    EXPECT_NE(unsure.error().fields.front().reason.find("(201, collections: 201)"), std::string::npos)
        << unsure.error().fields.front().reason;
}

TEST_F(TrashTest, ACollectionAsksForItsNameBecauseOfItsDefinitionsOrDocuments) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(remove_orders({}), "not_allowed_in_state");
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));
    EXPECT_EQ(remove_orders({.asked = Asked::nothing}), ok);
    ASSERT_EQ(outcome(trash_.restore(only_entry(), Role::editor)), ok);
    EXPECT_EQ(world_.definitions.list(shop_, "orders", {})->total, 1);
}

TEST_F(TrashTest, AnotherNameIsRefusedHoweverLittleGoesAndWhoeverGivesIt) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    for (const Asked asked : {Asked::name, Asked::nothing}) {
        EXPECT_EQ(remove_orders({asked, "order"}), "not_allowed_in_state");
        EXPECT_EQ(remove_shop({asked, "Shop"}), "not_allowed_in_state");
        EXPECT_EQ(remove_shop({asked, ""}), "not_allowed_in_state");
    }
    const auto empty = world_.databases.remove(shop_, {.given = "Shop"}, Role::editor, by_);
    EXPECT_EQ(empty.error().fields.front().reason,
              "this deletes the database 'shop': send {\"confirm\": NAME} with 'shop' as the name to do so");
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    for (const Asked asked : {Asked::name, Asked::nothing}) {
        EXPECT_EQ(remove_orders({asked, "order"}), "not_allowed_in_state");
        EXPECT_EQ(remove_shop({asked, "Shop"}), "not_allowed_in_state");
    }
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));
    EXPECT_EQ(remove_orders({Asked::nothing, "orders"}), ok);
    EXPECT_EQ(remove_shop({Asked::nothing, "shop"}), ok);
}

TEST_F(TrashTest, WhatIsInTheWayIsToldWithTheRemedy) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    ASSERT_EQ(remove_shop({.given = "shop"}), ok);
    static_cast<void>(world_.add_database());
    const auto refused = trash_.restore(only_entry(), Role::editor);
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_EQ(refused.error().fields.front().reason,
              "is taken: rename or remove what has it now, then restore again");
}

TEST_F(TrashTest, AccountsAreForThoseWhoAdminister) {
    User ada;
    ada.username = "ada";
    ada.email = "ada@example.org";
    ASSERT_EQ(outcome(world_.store.users().create(ada)), ok);
    ASSERT_EQ(outcome(world_.store.users().remove(ada.id, {world_.clock.now(), by_})), ok);
    EXPECT_EQ(trash_.list({}, Role::editor)->total, 0);
    EXPECT_EQ(trash_.list({}, Role::admin)->total, 1);
    EXPECT_EQ(outcome(trash_.restore(only_entry(), Role::editor)), "not_found");
    EXPECT_EQ(outcome(trash_.restore(only_entry(), Role::admin)), ok);
}

TEST_F(TrashTest, IsKeptForThirtyDays) {
    ASSERT_EQ(remove_shop({}), ok);
    const TrashId id = only_entry();
    world_.clock.advance(Trash::kept_for);
    EXPECT_EQ(old_trash_.purge().value(), 0);
    world_.clock.advance(std::chrono::milliseconds{1});
    EXPECT_EQ(old_trash_.purge().value(), 1);
    EXPECT_EQ(trash_.list({}, Role::admin)->total, 0);
    EXPECT_FALSE(trash_.purge(TrashId::generate()).value());
    const auto told = audit_.list({.filter = {.action = "trash.purge"}}, {}).value();
    ASSERT_EQ(told.total, 1);
    EXPECT_EQ(told.items[0].outcome, AuditOutcome::done);
    EXPECT_EQ(told.items[0].subject, id.text());
    EXPECT_EQ(told.items[0].database, shop_);
    EXPECT_FALSE(told.items[0].actor.user);
    EXPECT_NE(told.items[0].before.find("\"name\" : \"shop\""), std::string::npos) << told.items[0].before;
}

// A page holds so many; and only what is old goes.
TEST_F(TrashTest, ManyOldOnesGoAtOnce) {
    for (int each = 0; each < max_page_limit + 5; ++each) {
        const DatabaseId database = world_.add_database("d" + std::to_string(each));
        ASSERT_EQ(outcome(world_.databases.remove(database, {}, Role::editor, by_)), ok);
    }
    world_.clock.advance(Trash::kept_for + std::chrono::milliseconds{1});
    ASSERT_EQ(remove_shop({}), ok);
    EXPECT_EQ(old_trash_.purge().value(), max_page_limit + 5);
    EXPECT_EQ(trash_.list({}, Role::admin)->total, 1);
    EXPECT_EQ(audit_.list({.filter = {.action = "trash.purge"}}, {})->total, max_page_limit + 5);
}

// Another process is at it: it has announced it, or told it already.
TEST_F(TrashTest, OfManyProcessesOneTells) {
    ASSERT_EQ(remove_shop({}), ok);
    const TrashId id = only_entry();
    world_.clock.advance(Trash::kept_for + std::chrono::milliseconds{1});
    AuditEntry theirs{.action = "trash.purge"};
    theirs.id = *AuditEntryId::parse(id.text());
    theirs.outcome = AuditOutcome::done;
    ASSERT_EQ(outcome(audit_.begin(theirs)), ok);
    ASSERT_EQ(outcome(audit_.complete(theirs)), ok);
    EXPECT_EQ(old_trash_.purge().value(), 1);
    EXPECT_EQ(audit_.list({.filter = {.action = "trash.purge"}}, {})->total, 1);
}

TEST_F(TrashTest, NothingOldGoesUntold) {
    ASSERT_EQ(remove_shop({}), ok);
    world_.clock.advance(Trash::kept_for + std::chrono::milliseconds{1});
    world_.store.faults().fail_all("audit.begin", Error{ErrorCode::store_failed, "full"});
    EXPECT_EQ(outcome(old_trash_.purge()), "store_failed");
    EXPECT_EQ(trash_.list({}, Role::admin)->total, 1);
}

TEST_F(TrashTest, DefinitionsNeedTheirDatabase) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    ASSERT_EQ(remove_orders({.given = "orders"}), ok);
    const TrashId definitions = only_entry();
    world_.clock.advance(std::chrono::seconds{1});
    ASSERT_EQ(remove_shop({}), ok);
    const TrashId database = only_entry();
    const auto refused = trash_.restore(definitions, Role::editor);
    EXPECT_EQ(outcome(refused), "not_allowed_in_state");
    EXPECT_NE(refused.error().message.find("restore 'shop' (" + database.text() + ") first"),
              std::string::npos);
    ASSERT_EQ(outcome(trash_.restore(database, Role::editor)), ok);
    EXPECT_EQ(outcome(trash_.restore(definitions, Role::editor)), ok);
    EXPECT_EQ(world_.registry(shop_, "orders"), "a_1");
}

TEST_F(TrashTest, APurgedDatabaseTakesWhatNothingCouldBringBackAlong) {
    const DatabaseId other = world_.add_database("other");
    for (const DatabaseId& database : {shop_, other}) {
        world_.define(database, "orders", spec_of(R"({"a":1})"));
        const auto removed =
            world_.collections.remove(database, "orders", {.given = "orders"}, Role::editor, by_);
        ASSERT_EQ(outcome(removed), ok);
        world_.clock.advance(std::chrono::seconds{1});
    }
    ASSERT_EQ(remove_shop({}), ok);
    const auto purged = trash_.purge(only_entry()).value();
    ASSERT_TRUE(purged);
    EXPECT_EQ(purged->entry.database, shop_);
    ASSERT_EQ(purged->along.size(), 1U);
    EXPECT_EQ(purged->along[0].name, "orders");
    EXPECT_EQ(trash_.list({}, Role::admin)->total, 1);  // of the other database
    EXPECT_EQ(outcome(trash_.restore(purged->along[0].id, Role::editor)), "not_found");
    EXPECT_EQ(outcome(trash_.restore(only_entry(), Role::editor)), ok);
}

}  // namespace
}  // namespace mim::app
