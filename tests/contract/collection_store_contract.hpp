// What every CollectionStore promises.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class CollectionStoreContract : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(outcome(harness_.databases().create(shop_)), ok);
        ASSERT_EQ(outcome(harness_.databases().create(other_)), ok);
        define(shop_.id, "people", "a");
        define(shop_.id, "orders", "a");
        define(shop_.id, "orders", "b");
        define(shop_.id, "Old_orders", "a");
        define(other_.id, "orders", "a");
    }
    app::CollectionStore& collections() { return harness_.collections(); }
    app::DefinitionStore& definitions() { return harness_.definitions(); }
    const DatabaseId& shop() const { return shop_.id; }
    const DatabaseId& other() const { return other_.id; }
    std::string listed(const DatabaseId& database, const std::string& query = "", int page = 1,
                       int limit = 50) {
        const auto found =
            collections().collections(database, {.query = query, .page = page, .limit = limit});
        if (!found) return outcome(found);
        std::string text;
        for (const auto& each : found->items)
            text += each.collection + ":" + std::to_string(each.total_indexes) + " ";
        return text + "of " + std::to_string(found->total);
    }

  private:
    void define(const DatabaseId& database, const std::string& collection, const std::string& field) {
        ASSERT_EQ(outcome(definitions().create(a_definition(database, collection, field))), ok);
    }
    Harness harness_;
    app::Database shop_ = a_database("shop");
    app::Database other_ = a_database("other");
};
TYPED_TEST_SUITE_P(CollectionStoreContract);

TYPED_TEST_P(CollectionStoreContract, ListsCollectionsWithDefinitionsByName) {
    EXPECT_EQ(this->listed(this->shop()), "Old_orders:1 orders:2 people:1 of 3");
    EXPECT_EQ(this->listed(this->shop(), "", 2, 2), "people:1 of 3");
    EXPECT_EQ(this->listed(this->shop(), "", 7, 2), "of 3");
    EXPECT_EQ(this->listed(DatabaseId::generate()), "of 0");
}

TYPED_TEST_P(CollectionStoreContract, FindsByPartOfTheNameInAnyCase) {
    EXPECT_EQ(this->listed(this->shop(), "ORDERS"), "Old_orders:1 orders:2 of 2");
    EXPECT_EQ(this->listed(this->shop(), "_"), "Old_orders:1 of 1");
    EXPECT_EQ(this->listed(this->shop(), "%"), "of 0");
}

TYPED_TEST_P(CollectionStoreContract, RenamesWithAllDefinitions) {
    ASSERT_EQ(outcome(this->collections().rename_collection(this->shop(), "orders", "sales")), ok);
    EXPECT_EQ(this->listed(this->shop()), "Old_orders:1 people:1 sales:2 of 3");
    EXPECT_EQ(this->listed(this->other()), "orders:1 of 1");
    EXPECT_EQ(outcome(this->collections().rename_collection(this->shop(), "absent", "new")), ok);
    EXPECT_EQ(this->listed(this->shop(), "new"), "of 0");
}

TYPED_TEST_P(CollectionStoreContract, RefusesANameThatHasDefinitions) {
    EXPECT_EQ(outcome(this->collections().rename_collection(this->shop(), "orders", "people")),
              "already_exists");
    EXPECT_EQ(this->listed(this->shop()), "Old_orders:1 orders:2 people:1 of 3");
}

TYPED_TEST_P(CollectionStoreContract, RemovesWithAllDefinitions) {
    ASSERT_EQ(outcome(this->collections().remove_collection(this->shop(), "orders", a_discard())), ok);
    EXPECT_EQ(this->listed(this->shop()), "Old_orders:1 people:1 of 2");
    EXPECT_EQ(this->listed(this->other()), "orders:1 of 1");
    EXPECT_TRUE(this->definitions().all_of(this->shop(), {{"orders"}})->empty());
    EXPECT_EQ(outcome(this->collections().remove_collection(this->shop(), "orders", a_discard())), ok);
}

// Made through us, and not defined yet.
TYPED_TEST_P(CollectionStoreContract, ListsWhatIsNotedAsMade) {
    const auto note = [this](const DatabaseId& database, const std::string& name) {
        return this->collections().note_made(
            app::MadeCollection{.database = database, .created_at = at(1), .name = name});
    };
    EXPECT_EQ(outcome(note(this->shop(), "fresh")), ok);
    EXPECT_EQ(outcome(note(this->shop(), "fresh")), ok);
    EXPECT_EQ(outcome(note(this->shop(), "orders")), ok);
    EXPECT_EQ(outcome(note(DatabaseId::generate(), "fresh")), "not_found");
    EXPECT_EQ(this->listed(this->shop()), "Old_orders:1 fresh:0 orders:2 people:1 of 4");
    EXPECT_EQ(this->listed(this->shop(), "", 2, 2), "orders:2 people:1 of 4");
    EXPECT_EQ(this->listed(this->shop(), "RE"), "fresh:0 of 1");
    EXPECT_EQ(this->listed(this->other()), "orders:1 of 1");
}

TYPED_TEST_P(CollectionStoreContract, ANoteIsRenamedAndRemovedWithItsCollection) {
    for (const char* const name : {"fresh", "stale"}) {
        ASSERT_EQ(outcome(this->collections().note_made(
                      app::MadeCollection{.database = this->shop(), .created_at = at(1), .name = name})),
                  ok);
    }
    ASSERT_EQ(outcome(this->collections().rename_collection(this->shop(), "fresh", "stale")), ok);
    EXPECT_EQ(this->listed(this->shop()), "Old_orders:1 orders:2 people:1 stale:0 of 4");
    ASSERT_EQ(outcome(this->collections().rename_collection(this->shop(), "orders", "stale")), ok);
    EXPECT_EQ(this->listed(this->shop()), "Old_orders:1 people:1 stale:2 of 3");
    ASSERT_EQ(outcome(this->collections().remove_collection(this->shop(), "stale", a_discard())), ok);
    EXPECT_EQ(this->listed(this->shop()), "Old_orders:1 people:1 of 2");
}

REGISTER_TYPED_TEST_SUITE_P(CollectionStoreContract, ListsCollectionsWithDefinitionsByName,
                            FindsByPartOfTheNameInAnyCase, RenamesWithAllDefinitions,
                            RefusesANameThatHasDefinitions, RemovesWithAllDefinitions, ListsWhatIsNotedAsMade,
                            ANoteIsRenamedAndRemovedWithItsCollection);

}  // namespace mim::contract
