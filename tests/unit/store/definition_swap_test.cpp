// Two updates of one change may take each other's place, in any order.
#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

using contract::outcome;

TEST(DefinitionSwap, TwoUpdatesMaySwapNamesAndIdentities) {
    SqliteWorld world;
    const auto shop = contract::a_database("shop");
    ASSERT_EQ(outcome(world.databases().create(shop)), "ok");
    auto first = contract::a_definition(shop.id, "orders", "a");
    auto second = contract::a_definition(shop.id, "orders", "b");
    ASSERT_EQ(outcome(world.definitions().create(first)), "ok");
    ASSERT_EQ(outcome(world.definitions().create(second)), "ok");
    std::swap(first.spec, second.spec);
    std::swap(first.signature, second.signature);
    ASSERT_EQ(
        outcome(world.definitions().change({.removals = {}, .updates = {first, second}, .creations = {}})),
        "ok");
    EXPECT_EQ(world.definitions().get(first.id)->spec.name, "b_1");
    EXPECT_EQ(world.definitions().get(second.id)->spec.name, "a_1");
}

TEST(DefinitionSwap, AnUnknownUpdateUndoesTheWholeChange) {
    SqliteWorld world;
    const auto shop = contract::a_database("shop");
    ASSERT_EQ(outcome(world.databases().create(shop)), "ok");
    const auto known = contract::a_definition(shop.id, "orders", "a");
    ASSERT_EQ(outcome(world.definitions().create(known)), "ok");
    auto changed = known;
    changed.spec.name = "renamed";
    const auto unknown = contract::a_definition(shop.id, "orders", "b");
    EXPECT_EQ(
        outcome(world.definitions().change({.removals = {}, .updates = {changed, unknown}, .creations = {}})),
        "not_found");
    EXPECT_EQ(world.definitions().get(known.id)->spec.name, "a_1");
}

}  // namespace
}  // namespace mim::store
