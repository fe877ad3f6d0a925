// What every DefinitionStore promises.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class DefinitionStoreContract : public ::testing::Test {
  protected:
    void SetUp() override { ASSERT_EQ(outcome(harness_.databases().create(shop_)), ok); }
    app::DefinitionStore& definitions() { return harness_.definitions(); }
    const DatabaseId& shop() const { return shop_.id; }
    DatabaseId another_database() {
        const app::Database other = a_database("other");
        EXPECT_EQ(outcome(harness_.databases().create(other)), ok);
        return other.id;
    }
    app::Definition sample(const std::string& collection, const std::string& field) {
        return a_definition(shop(), collection, field);
    }
    app::Definition created(const std::string& collection, const std::string& field) {
        app::Definition definition = sample(collection, field);
        EXPECT_EQ(outcome(definitions().create(definition)), ok);
        return definition;
    }
    // "collection.name collection.name …", as stored.
    std::string all(const std::optional<std::vector<std::string>>& collections = std::nullopt) {
        const auto found = definitions().all_of(shop(), collections);
        if (!found) return outcome(found);
        std::string text;
        for (const auto& each : *found)
            text += (text.empty() ? "" : " ") + each.collection + "." + each.spec.name;
        return text;
    }
    std::string listed(const std::string& query, int page = 1, int limit = 50) {
        const auto found =
            definitions().list(shop(), "orders", {.query = query, .page = page, .limit = limit});
        if (!found) return outcome(found);
        std::string text;
        for (const auto& each : found->items) text += each.spec.name + " ";
        return text + "of " + std::to_string(found->total);
    }

  private:
    Harness harness_;
    app::Database shop_ = a_database("shop");
};
TYPED_TEST_SUITE_P(DefinitionStoreContract);

TYPED_TEST_P(DefinitionStoreContract, KeepsEveryFieldAndEveryByteOfTheSpec) {
    auto definition = this->sample("orders", "a");
    definition.spec.key = bson::Builder().add("b", 1.0).add("a", std::int64_t{-1}).add("2", "text").take();
    definition.updated_at = at(4);
    ASSERT_EQ(outcome(this->definitions().create(definition)), ok);
    const auto read = this->definitions().get(definition.id);
    ASSERT_EQ(outcome(read), ok);
    EXPECT_EQ(read->id, definition.id);
    EXPECT_EQ(read->database, this->shop());
    EXPECT_EQ(read->created_at, at(1));
    EXPECT_EQ(read->updated_at, at(4));
    EXPECT_EQ(read->collection, "orders");
    EXPECT_EQ(read->spec, definition.spec);
    EXPECT_EQ(read->signature, "a_1 sparse");
}

TYPED_TEST_P(DefinitionStoreContract, NeedsItsDatabase) {
    const auto orphan = a_definition(DatabaseId::generate(), "orders", "a");
    EXPECT_EQ(outcome(this->definitions().create(orphan)), "not_found");
    EXPECT_EQ(outcome(this->definitions().get(orphan.id)), "not_found");
    EXPECT_EQ(outcome(this->definitions().change({.removals = {}, .updates = {}, .creations = {orphan}})),
              "not_found");
}

TYPED_TEST_P(DefinitionStoreContract, NamesAreUniqueWithinACollection) {
    this->created("orders", "a");
    auto same_name = this->sample("orders", "b");
    same_name.spec.name = "a_1";
    const auto refused = this->definitions().create(same_name);
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_TRUE(names_field(refused, "name"));
    same_name.collection = "Orders";
    EXPECT_EQ(outcome(this->definitions().create(same_name)), ok);
    auto other_case = this->sample("orders", "c");
    other_case.spec.name = "A_1";
    EXPECT_EQ(outcome(this->definitions().create(other_case)), ok);
    auto elsewhere = a_definition(this->another_database(), "orders", "a");
    EXPECT_EQ(outcome(this->definitions().create(elsewhere)), ok);
}

TYPED_TEST_P(DefinitionStoreContract, IdentitiesAreUniqueWithinACollection) {
    this->created("orders", "a");
    auto same_signature = this->sample("orders", "b");
    same_signature.signature = "a_1 sparse";
    const auto refused = this->definitions().create(same_signature);
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_TRUE(names_field(refused, "keys"));
    EXPECT_FALSE(names_field(refused, "name"));
    same_signature.collection = "people";
    EXPECT_EQ(outcome(this->definitions().create(same_signature)), ok);
}

// As MongoDB does, where they differ in filter, sparseness or collation.
TYPED_TEST_P(DefinitionStoreContract, HoldsSeveralUniqueIndexesOnTheSameKeys) {
    const auto on_a = [this](const std::string& name, const std::string& signature) {
        auto definition = this->sample("orders", "a");
        definition.spec.name = name;
        definition.spec.options = bson::Builder().add("unique", true).take();
        definition.signature = signature;
        return definition;
    };
    ASSERT_EQ(outcome(this->definitions().create(on_a("first", "a_1 unique"))), ok);
    EXPECT_EQ(outcome(this->definitions().create(on_a("second", "a_1 unique sparse"))), ok);
    auto third = on_a("third", "a_1 unique partial");
    EXPECT_EQ(outcome(this->definitions().create(third)), ok);
    third.signature = "a_1 unique de";
    EXPECT_EQ(outcome(this->definitions().update(third)), ok);
    EXPECT_EQ(outcome(this->definitions().create(on_a("fourth", "a_1 unique"))), "already_exists");
    EXPECT_EQ(this->definitions().all_of(this->shop(), std::nullopt)->size(), 3U);
}

TYPED_TEST_P(DefinitionStoreContract, UpdatesADefinition) {
    auto definition = this->created("orders", "a");
    ASSERT_EQ(outcome(this->definitions().update(definition)),
              ok);  // its own name and identity are no conflict
    definition.spec = this->sample("orders", "b").spec;
    definition.signature = "b_1 sparse";
    definition.updated_at = at(8);
    ASSERT_EQ(outcome(this->definitions().update(definition)), ok);
    const auto read = this->definitions().get(definition.id);
    ASSERT_EQ(outcome(read), ok);
    EXPECT_EQ(read->spec, definition.spec);
    EXPECT_EQ(read->signature, "b_1 sparse");
    EXPECT_EQ(read->updated_at, at(8));
    EXPECT_EQ(outcome(this->definitions().update(this->sample("orders", "new"))), "not_found");
}

TYPED_TEST_P(DefinitionStoreContract, RefusesAnUpdateThatConflicts) {
    this->created("orders", "a");
    const auto second = this->created("orders", "b");
    auto same_name = second;
    same_name.spec.name = "a_1";
    EXPECT_TRUE(names_field(this->definitions().update(same_name), "name"));
    auto same_signature = second;
    same_signature.signature = "a_1 sparse";
    EXPECT_TRUE(names_field(this->definitions().update(same_signature), "keys"));
    EXPECT_EQ(this->definitions().get(second.id)->spec, second.spec);
}

TYPED_TEST_P(DefinitionStoreContract, RemovesADefinition) {
    const auto definition = this->created("orders", "a");
    const app::DefinitionChanges removal{.removals = {definition.id}, .updates = {}, .creations = {}};
    EXPECT_EQ(outcome(this->definitions().change(removal)), ok);
    EXPECT_EQ(outcome(this->definitions().get(definition.id)), "not_found");
    EXPECT_EQ(outcome(this->definitions().change(removal)), ok);
    EXPECT_EQ(outcome(this->definitions().create(this->sample("orders", "a"))), ok);
}

TYPED_TEST_P(DefinitionStoreContract, ListsOneCollectionNewestFirstInPages) {
    this->created("orders", "c");
    this->created("orders", "a");  // of the same moment: the later id counts
    auto newest = this->sample("orders", "b");
    newest.created_at = at(2);
    ASSERT_EQ(outcome(this->definitions().create(newest)), ok);
    auto oldest = this->sample("orders", "z");
    oldest.created_at = at(0);
    oldest.updated_at = at(9);
    ASSERT_EQ(outcome(this->definitions().create(oldest)), ok);
    this->created("people", "d");
    EXPECT_EQ(this->listed(""), "b_1 a_1 c_1 z_1 of 4");
    EXPECT_EQ(this->listed("", 2, 3), "z_1 of 4");
    EXPECT_EQ(this->listed("", 9, 2), "of 4");
}

TYPED_TEST_P(DefinitionStoreContract, FindsByPartOfNameOrSignatureInAnyCase) {
    this->created("orders", "alpha");
    auto beta = this->sample("orders", "beta");
    beta.signature = "beta_1 unique";
    ASSERT_EQ(outcome(this->definitions().create(beta)), ok);
    EXPECT_EQ(this->listed("ALPHA"), "alpha_1 of 1");
    EXPECT_EQ(this->listed("Unique"), "beta_1 of 1");
    EXPECT_EQ(this->listed("a_1"), "beta_1 alpha_1 of 2");
    EXPECT_EQ(this->listed("%"), "of 0");
    EXPECT_EQ(this->listed("alpha.1"), "of 0");
}

TYPED_TEST_P(DefinitionStoreContract, ReadsAllOrSomeCollections) {
    this->created("people", "b");
    this->created("orders", "z");
    this->created("orders", "a");
    this->created("things", "q");
    EXPECT_EQ(this->all(), "orders.a_1 orders.z_1 people.b_1 things.q_1");
    EXPECT_EQ(this->all({{"things", "orders"}}), "orders.a_1 orders.z_1 things.q_1");
    EXPECT_EQ(this->all({{"absent"}}), "");
    EXPECT_EQ(this->all(std::vector<std::string>{}), "");
}

TYPED_TEST_P(DefinitionStoreContract, ChangesAsAWhole) {
    const auto removed = this->created("orders", "a");
    auto updated = this->created("orders", "b");
    updated.collection = "orders";
    updated.spec.options = bson::Builder().add("hidden", true).take();
    const auto creation = this->sample("orders", "a");  // takes the place of the removed one
    ASSERT_EQ(outcome(this->definitions().change({.removals = {removed.id, DefinitionId::generate()},
                                                  .updates = {updated},
                                                  .creations = {creation, this->sample("people", "c")}})),
              ok);
    EXPECT_EQ(this->all(), "orders.a_1 orders.b_1 people.c_1");
    EXPECT_EQ(outcome(this->definitions().get(removed.id)), "not_found");
    EXPECT_EQ(this->definitions().get(updated.id)->spec.options, updated.spec.options);
}

TYPED_TEST_P(DefinitionStoreContract, ChangesNothingWhenOnePartIsRefused) {
    const auto kept = this->created("orders", "a");
    auto updated = this->created("orders", "b");
    updated.spec.name = "renamed";
    const auto refused =
        this->definitions().change({.removals = {kept.id},
                                    .updates = {updated},
                                    .creations = {this->sample("orders", "c"), this->sample("orders", "c")}});
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_EQ(this->all(), "orders.a_1 orders.b_1");
}

TYPED_TEST_P(DefinitionStoreContract, AChangeMayTakeNamesInATurn) {
    auto first = this->created("orders", "a");
    auto second = this->created("orders", "b");
    std::swap(first.spec, second.spec);
    std::swap(first.signature, second.signature);
    ASSERT_EQ(outcome(this->definitions().change(
                  {.removals = {first.id, second.id}, .updates = {}, .creations = {first, second}})),
              ok);
    EXPECT_EQ(this->definitions().get(first.id)->spec.name, "b_1");
    EXPECT_EQ(this->definitions().get(second.id)->spec.name, "a_1");
}

TYPED_TEST_P(DefinitionStoreContract, ChangesNothingThatIsNotAsExpected) {
    const auto seen = this->created("orders", "a");
    const auto other = this->created("orders", "b");
    const app::DefinitionChanges changes{
        .removals = {seen.id, other.id}, .updates = {}, .creations = {seen}, .expected = {seen, other}};
    auto edited = seen;
    edited.spec.options = bson::Builder().add("hidden", true).take();
    ASSERT_EQ(outcome(this->definitions().update(edited)), ok);
    EXPECT_EQ(outcome(this->definitions().change(changes)), "not_allowed_in_state");
    EXPECT_EQ(this->all(), "orders.a_1 orders.b_1");
    EXPECT_EQ(this->definitions().get(seen.id)->spec.options, edited.spec.options);
    ASSERT_EQ(outcome(this->definitions().update(seen)), ok);
    EXPECT_EQ(outcome(this->definitions().change(changes)), ok);
    EXPECT_EQ(this->all(), "orders.a_1");
    EXPECT_EQ(outcome(this->definitions().change(changes)), "not_allowed_in_state") << "one is gone";
    EXPECT_EQ(outcome(this->definitions().change(
                  {.removals = {other.id}, .updates = {}, .creations = {}, .expected = {other}})),
              "not_allowed_in_state");
}

REGISTER_TYPED_TEST_SUITE_P(DefinitionStoreContract, KeepsEveryFieldAndEveryByteOfTheSpec, NeedsItsDatabase,
                            NamesAreUniqueWithinACollection, IdentitiesAreUniqueWithinACollection,
                            HoldsSeveralUniqueIndexesOnTheSameKeys, UpdatesADefinition,
                            RefusesAnUpdateThatConflicts, RemovesADefinition,
                            ListsOneCollectionNewestFirstInPages, FindsByPartOfNameOrSignatureInAnyCase,
                            ReadsAllOrSomeCollections, ChangesAsAWhole, ChangesNothingWhenOnePartIsRefused,
                            AChangeMayTakeNamesInATurn, ChangesNothingThatIsNotAsExpected);

}  // namespace mim::contract
