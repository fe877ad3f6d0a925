// The keeper of places over the real store, with connection strings sealed.
#include "app/places.hpp"

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "unit/store/sealed_world.hpp"

namespace mim::store {
namespace {

using contract::outcome;

class Places : public ::testing::Test {
  protected:
    app::Database added(const std::string& name, const std::string& uri,
                        const std::string& db_name = "shop") {
        app::Database database = contract::a_database(name);
        database.uri = Secret(uri);
        database.db_name = db_name;
        EXPECT_EQ(outcome(keeper_->create(database)), "ok");
        return database;
    }
    app::Database told(const app::Database& database) { return keeper_->get(database.id).value(); }
    void protect(const app::Database& database, app::Protection protection = app::Protection::on) {
        ASSERT_EQ(outcome(keeper_->set_protection(database.id, protection, contract::at(2))), "ok");
    }

    SealedWorld world_;
    std::unique_ptr<app::DatabaseStore> keeper_ = app::create_place_keeper(
        world_.seen_with(world_.box), app::place_of(Secret("mongodb://u:p@db1,db2/"), "db_manager"));
};

TEST_F(Places, ASecondEntryForOnePlaceIsProtectedToo) {
    const auto first = added("first", "mongodb://u:s3cret@a,b/?replicaSet=rs");
    const auto second = added("second", "mongodb://other:s3cret@B.:27017/?tls=true");
    const auto elsewhere = added("elsewhere", "mongodb://u:s3cret@a,b/", "other");
    EXPECT_EQ(told(second).protection, app::Protection::off);
    EXPECT_EQ(told(second).same_place_as, std::vector{first.id});
    protect(first);
    EXPECT_EQ(told(second).protection, app::Protection::on);
    EXPECT_EQ(told(second).protected_by, first.id);
    EXPECT_FALSE(told(first).protected_by);
    EXPECT_EQ(told(elsewhere).protection, app::Protection::off);
    EXPECT_TRUE(told(elsewhere).same_place_as.empty());
    const auto page = keeper_->list({});
    for (const auto& each : page->items)
        EXPECT_EQ(each.protection, each.name == "elsewhere" ? app::Protection::off : app::Protection::on);
    protect(first, app::Protection::off);
    EXPECT_EQ(told(second).protection, app::Protection::off);
}

TEST_F(Places, AnEntryThatIsLedToAPlaceSharesIt) {
    const auto first = added("first", "mongodb://a/");
    protect(first);
    auto second = added("second", "mongodb://c/");
    EXPECT_EQ(told(second).protection, app::Protection::off);
    second.uri = Secret("mongodb://c,a/");
    ASSERT_EQ(outcome(keeper_->update(second, second.updated_at, app::Destination::another)), "ok");
    EXPECT_EQ(told(second).protected_by, first.id);
    second = told(second);
    second.db_name = "other";
    ASSERT_EQ(outcome(keeper_->update(second, second.updated_at, app::Destination::another)), "ok");
    EXPECT_EQ(told(second).protection, app::Protection::off);
}

TEST_F(Places, OurOwnStoreIsNoTarget) {
    app::Database store = contract::a_database("store");
    store.uri = Secret("mongodb://root:s3cret@DB2:27017/?directConnection=true");
    store.db_name = "db_manager";
    const auto refused = keeper_->create(store);
    EXPECT_EQ(outcome(refused), "invalid_input");
    EXPECT_TRUE(contract::names_field(refused, "uri"));
    const auto beside = added("beside", "mongodb://db2/", "shop");
    auto moved = beside;
    moved.db_name = "db_manager";
    EXPECT_EQ(outcome(keeper_->update(moved, moved.updated_at, app::Destination::another)), "invalid_input");
    // One that is there already.
    store.place = app::place_of(store.uri, store.db_name);
    ASSERT_EQ(outcome(world_.databases().create(store)), "ok");
    EXPECT_TRUE(told(store).uri.empty());
    EXPECT_EQ(told(store).uri_error->code, ErrorCode::target_not_allowed);
}

TEST_F(Places, WhatAnOlderVersionWroteIsNoted) {
    app::Database old = contract::a_database("old");
    old.uri = Secret("mongodb://a/");
    ASSERT_EQ(outcome(world_.databases().create(old)), "ok");
    const auto second = added("second", "mongodb://a:27017/", old.db_name);
    EXPECT_TRUE(told(second).same_place_as.empty());
    ASSERT_EQ(outcome(app::note_places(*keeper_)), "ok");
    EXPECT_EQ(told(second).same_place_as, std::vector{old.id});
    EXPECT_EQ(told(old).same_place_as, std::vector{second.id});
    EXPECT_EQ(world_.plain().get(old.id)->place->hosts, std::vector<std::string>{"a:27017"});
}

}  // namespace
}  // namespace mim::store
