#include <utility>

#include <gtest/gtest.h>

#include "world.hpp"

namespace mim::app {
namespace {

class CollectionsTest : public ::testing::Test {
  protected:
    // "orders:2/3 collection" = two definitions, three live indexes.
    static std::string rows(const Result<Page<CollectionRow>>& page) {
        if (!page) return outcome(page);
        std::string text;
        for (const CollectionRow& row : page->items) {
            text += row.collection + ":" + std::to_string(row.total_indexes);
            text += "/" + (row.live_indexes ? std::to_string(*row.live_indexes) : std::string("?"));
            text += (row.type.empty() ? "" : " " + row.type) + "; ";
        }
        return text + "of " + std::to_string(page->total);
    }
    Done rename(const std::string& from, const std::string& to) {
        return world_.collections.rename(shop_, from, to, Role::editor);
    }
    Result<LiveBefore> remove(const std::string& name,
                              const std::optional<std::string>& confirmation = std::nullopt) {
        return world_.collections.remove(shop_, name, {.given = confirmation}, Role::editor,
                                         UserId::generate());
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(CollectionsTest, ARemovalTellsWhetherThereWasOne) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(remove("orders", "orders").value(), LiveBefore::there);
    EXPECT_EQ(remove("orders", "orders").value(), LiveBefore::missing);
}

TEST_F(CollectionsTest, ListTheRegistryAndOnRequestTheLiveOnes) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.define(shop_, "orders", spec_of(R"({"b":1})"));
    world_.define(shop_, "planned", spec_of(R"({"b":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.seed("wild_orders", spec_of(R"({"a":1})"));
    world_.server.database("shop")["view"].traits.kind = index::CollectionKind::view;
    world_.server.database("shop")["secret"].unreadable = Error{ErrorCode::target_not_authorised, "no"};
    EXPECT_EQ(rows(world_.collections.list(shop_, {})), "orders:2/?; planned:1/?; of 2");
    EXPECT_EQ(rows(world_.collections.list_with_live(shop_, {})),
              "orders:2/2 collection; planned:1/0; secret:0/? collection; view:0/0 view; wild_orders:0/2 "
              "collection; of 5");
    EXPECT_EQ(rows(world_.collections.list_with_live(shop_, {.query = "ORDERS", .page = 2, .limit = 1})),
              "wild_orders:0/2 collection; of 2");
    EXPECT_EQ(rows(world_.collections.list(DatabaseId::generate(), {})), "not_found");
    EXPECT_EQ(rows(world_.collections.list_with_live(DatabaseId::generate(), {})), "not_found");
}

TEST_F(CollectionsTest, ManyManagedCollectionsAreAllSeen) {
    for (int i = 0; i < max_page_limit + 5; ++i) {
        world_.define(shop_, "c" + std::to_string(i), spec_of(R"({"a":1})"));
    }
    EXPECT_EQ(world_.collections.list_with_live(shop_, {})->total, max_page_limit + 5);
}

TEST_F(CollectionsTest, AreCreatedInTheTarget) {
    EXPECT_EQ(outcome(world_.collections.create(shop_, "orders")), ok);
    EXPECT_TRUE(world_.server.has("shop", "orders", "_id_"));
    EXPECT_EQ(outcome(world_.collections.create(shop_, "orders")), "already_exists");
    EXPECT_TRUE(names_field(world_.collections.create(shop_, "a$b"), "collection"));
    EXPECT_EQ(outcome(world_.collections.create(DatabaseId::generate(), "orders")), "not_found");
}

TEST_F(CollectionsTest, WhatWasMadeIsListedWhileItHasNoDefinitions) {
    ASSERT_EQ(outcome(world_.collections.create(shop_, "fresh")), ok);
    EXPECT_EQ(rows(world_.collections.list(shop_, {})), "fresh:0/?; of 1");
    EXPECT_EQ(rows(world_.collections.list_with_live(shop_, {})), "fresh:0/1 collection; of 1");
    ASSERT_EQ(outcome(rename("fresh", "renamed")), ok);
    EXPECT_EQ(rows(world_.collections.list(shop_, {})), "renamed:0/?; of 1");
    ASSERT_EQ(outcome(remove("renamed")), ok);
    EXPECT_EQ(rows(world_.collections.list(shop_, {})), "of 0");
}

TEST_F(CollectionsTest, WhatCouldNotBeMadeIsNotListed) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(outcome(world_.collections.create(shop_, "orders")), "already_exists");
    EXPECT_EQ(rows(world_.collections.list(shop_, {})), "of 0");
}

TEST_F(CollectionsTest, WhatTheStoreCannotNoteIsTakenBack) {
    world_.store.faults().fail_call(1, {{ErrorCode::store_failed, "away"}}, "collections.note_made");
    EXPECT_EQ(outcome(world_.collections.create(shop_, "fresh")), "store_failed");
    EXPECT_FALSE(world_.server.has("shop", "fresh", "_id_"));
    EXPECT_EQ(outcome(world_.collections.create(shop_, "fresh")), ok);
}

TEST_F(CollectionsTest, WhatOnlyTheRegistryKnowsIsRenamedThere) {
    world_.define(shop_, "planned", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(outcome(rename("planned", "orders")), "already_exists");  // they are of another collection
    EXPECT_EQ(world_.registry(shop_, "planned"), "a_1");
    ASSERT_EQ(outcome(rename("planned", "later")), ok);
    EXPECT_EQ(world_.registry(shop_, "later"), "a_1");
    EXPECT_EQ(outcome(rename("nowhere", "anywhere")), "not_found");
    EXPECT_EQ(rows(world_.collections.list_with_live(shop_, {})), "later:1/0; orders:0/2 collection; of 2");
}

TEST_F(CollectionsTest, ANoteOfWhatIsGoneKeepsNoNameTaken) {
    ASSERT_EQ(outcome(world_.collections.create(shop_, "gone")), ok);
    world_.server.database("shop").erase("gone");
    world_.seed("orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(outcome(rename("orders", "gone")), ok);
    EXPECT_EQ(rows(world_.collections.list(shop_, {})), "gone:0/?; of 1");
}

TEST_F(CollectionsTest, AreRenamedWithTheirDefinitions) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    ASSERT_EQ(outcome(rename("orders", "sales")), ok);
    EXPECT_EQ(world_.registry(shop_, "sales"), "a_1");
    EXPECT_EQ(world_.registry(shop_, "orders"), "");
    EXPECT_TRUE(world_.server.has("shop", "sales", "a_1"));
    EXPECT_EQ(outcome(rename("orders", "again")), "not_found");
    world_.seed("people", spec_of(R"({"a":1})"));
    EXPECT_EQ(outcome(rename("people", "sales")), "already_exists");
    EXPECT_TRUE(names_field(rename("a$b", ""), "collection"));
    EXPECT_TRUE(names_field(rename("a$b", ""), "new_collection"));
    EXPECT_TRUE(names_field(rename("sales", "sales"), "new_collection"));
}

TEST_F(CollectionsTest, ANameThatOnlyTheRegistryHasIsTakenToo) {
    world_.define(shop_, "planned", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    EXPECT_EQ(outcome(rename("orders", "planned")), "already_exists");
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));  // nothing was renamed
}

TEST_F(CollectionsTest, ARenameThatTheStoreCannotFollowIsTakenBack) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.store.faults().fail_call(1, {{ErrorCode::store_failed, "away"}}, "collections.rename");
    EXPECT_EQ(outcome(rename("orders", "sales")), "store_failed");
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));
    EXPECT_EQ(outcome(rename("orders", "sales")), ok);
}

TEST_F(CollectionsTest, ACollectionWithDocumentsNeedsItsNameRepeated) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.server.collection("shop", "orders").documents = 3;
    EXPECT_EQ(outcome(remove("orders")), "collection_in_use");
    EXPECT_EQ(outcome(remove("orders", "Orders")), "collection_in_use");
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));
    EXPECT_EQ(world_.registry(shop_, "orders"), "a_1");
    world_.server.faults.fail_all("count orders", {ErrorCode::target_not_authorised, "needs find"});
    EXPECT_EQ(outcome(remove("orders")), "target_not_authorised");
    EXPECT_EQ(outcome(remove("orders", "orders")), ok) << "whoever names it need not count";
    EXPECT_FALSE(world_.server.has("shop", "orders", "a_1"));
    EXPECT_EQ(world_.registry(shop_, "orders"), "");
}

TEST_F(CollectionsTest, AnEmptyOrAbsentCollectionAsksBecauseOfItsDefinitionsAlone) {
    world_.define(shop_, "planned", spec_of(R"({"a":1})"));
    EXPECT_EQ(outcome(remove("planned")), "not_allowed_in_state");
    EXPECT_EQ(outcome(remove("planned", "planned")), ok);
    EXPECT_EQ(outcome(remove("planned")), ok);
    EXPECT_EQ(world_.registry(shop_, "planned"), "");
    EXPECT_TRUE(names_field(remove("system.users"), "collection"));
}

TEST_F(CollectionsTest, WhatCannotBeCountedIsNotDropped) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.server.faults.fail_all("count", {ErrorCode::target_timeout, "slow"});
    EXPECT_EQ(outcome(remove("orders")), "target_timeout");
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));
}

TEST_F(CollectionsTest, AreLeftAloneWhileASyncIsActive) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    world_.submit(shop_);
    EXPECT_EQ(outcome(rename("orders", "sales")), "sync_active");
    EXPECT_EQ(outcome(remove("orders", "orders")), "sync_active");
}

TEST_F(CollectionsTest, AreLeftAloneWhileASyncOfTheirPlaceIsActive) {
    const DatabaseId other = world_.add_database("other");
    world_.share_place(shop_, other);
    world_.define(other, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    const SyncId running = world_.submit(other);
    EXPECT_EQ(outcome(rename("orders", "sales")), "sync_active");
    EXPECT_EQ(outcome(remove("orders", "orders")), "sync_active");
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));
    ASSERT_EQ(outcome(world_.syncs.cancel(running)), ok);
    EXPECT_EQ(outcome(rename("orders", "sales")), ok);
    EXPECT_EQ(outcome(remove("sales", "sales")), ok);
}

// The calls that a rename and a removal make after they first asked, and before they change anything.
TEST_F(CollectionsTest, AreLeftAloneWhenASyncIsSubmittedMeanwhile) {
    world_.define(shop_, "orders", spec_of(R"({"a":1})"));
    world_.seed("orders", spec_of(R"({"a":1})"));
    std::optional<SyncId> submitted;
    const auto submit_at = [&](const std::string& moment) {
        return [this, &submitted, moment](const std::string& call) {
            if (!submitted && call == moment) submitted = world_.submit(shop_);
        };
    };
    world_.store.faults().on_call = submit_at("collections.collections");
    EXPECT_EQ(outcome(rename("orders", "sales")), "sync_active");
    world_.store.faults().on_call = nullptr;
    ASSERT_TRUE(submitted);
    ASSERT_EQ(outcome(world_.syncs.cancel(*submitted)), ok);
    submitted.reset();
    world_.server.faults.on_call = submit_at("read");
    EXPECT_EQ(outcome(remove("orders", "orders")), "sync_active");
    world_.server.faults.on_call = nullptr;
    ASSERT_TRUE(submitted);
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));
    EXPECT_EQ(world_.registry(shop_, "orders"), "a_1");
}

TEST_F(CollectionsTest, AreLeftAloneWhenTheirDatabaseIsLedElsewhereMeanwhile) {
    world_.seed("orders", spec_of(R"({"a":1})"));
    bool led = false;
    world_.server.faults.on_call = [&](const std::string& call) {
        if (call != "read" || std::exchange(led, true)) return;
        Database elsewhere = world_.store.databases().get(shop_).value();
        elsewhere.place = place_of(elsewhere.uri, "elsewhere");
        Done update = world_.store.databases().update(elsewhere, elsewhere.updated_at, Destination::another);
        EXPECT_EQ(outcome(update), ok);
    };
    EXPECT_EQ(outcome(remove("orders", "orders")), "not_allowed_in_state");
    world_.server.faults.on_call = nullptr;
    EXPECT_TRUE(world_.server.has("shop", "orders", "a_1"));
}

// The collection was made a moment ago, and a sync may be building on it by now.
TEST_F(CollectionsTest, WhatASyncMayBeBuildingOnIsNotTakenBack) {
    world_.define(shop_, "fresh", spec_of(R"({"a":1})"));
    world_.store.faults().fail_call(1, {{ErrorCode::store_failed, "away"}}, "collections.note_made");
    world_.store.faults().on_call = [this](const std::string& call) {
        if (call == "collections.note_made") world_.submit(shop_);
    };
    EXPECT_EQ(outcome(world_.collections.create(shop_, "fresh")), "store_failed");
    world_.store.faults().on_call = nullptr;
    EXPECT_TRUE(world_.server.has("shop", "fresh", "_id_"));
}

}  // namespace
}  // namespace mim::app
