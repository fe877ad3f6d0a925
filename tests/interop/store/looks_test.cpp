// Names of before, names that were copied here, and looks that another version of ICU saw.
#include "store/mongodb/looks.hpp"

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "interop/store/mongodb_world.hpp"
#include "store/archive.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

// Two accounts and two databases whose names look alike, without looks, as a version wrote them that let
// them.
class MongodbOldNames : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto archive = create_mongodb_archive(world_.shared_link());
        ASSERT_EQ(outcome(archive->write(accounts_)), "ok");
        ASSERT_EQ(outcome(archive->write(databases_)), "ok");
        ASSERT_EQ(without_version(), 4);
        start();
        ASSERT_EQ(without_version(), 0);
    }
    void start() { ASSERT_TRUE(open_or_throw(world_.name())); }
    std::int64_t without_version() {
        const auto none = fields("looks_version", fields("$exists", false));
        return world_.link().count(names::users, none).value() +
               world_.link().count(names::databases, none).value();
    }
    std::string named(const std::string& name) {
        return outcome(world_.databases().create(contract::a_database(name)));
    }
    std::string renamed(const DatabaseId& id, const std::string& name) {
        auto database = world_.databases().get(id).value();
        database.name = name;
        return outcome(world_.databases().update(database, database.updated_at, app::Destination::same));
    }

    MongoWorld world_;
    const app::User ada_ = contract::a_user("ada"), like_ada_ = contract::a_user("\u0430da");
    const app::Database shop_ = contract::a_database("shop", 1),
                        like_shop_ = contract::a_database("sh op", 2);
    const std::vector<Item> accounts_{ada_, like_ada_}, databases_{shop_, like_shop_};
};

TEST_F(MongodbOldNames, StayAndCanBeUsed) {
    for (const auto* user : {&ada_, &like_ada_}) {
        EXPECT_EQ(world_.users().find_by_identity(user->username)->id, user->id);
        EXPECT_EQ(world_.users().find_by_identity(user->email)->id, user->id);
        EXPECT_EQ(outcome(world_.users().set_email(user->id, user->email, contract::at(2))), "ok");
    }
    EXPECT_EQ(renamed(like_shop_.id, "sh op"), "ok");
}

TEST_F(MongodbOldNames, KeepNewOnesAwayEachByItself) {
    app::User new_one = contract::a_user("ad\u0430");
    new_one.email = "new@example.org";
    EXPECT_EQ(outcome(world_.users().create(new_one)), "already_exists");
    EXPECT_EQ(named("SHOP"), "already_exists");
    ASSERT_EQ(outcome(world_.databases().remove(shop_.id)), "ok");
    EXPECT_EQ(named("SHOP"), "already_exists");
    ASSERT_EQ(outcome(world_.databases().remove(like_shop_.id)), "ok");
    EXPECT_EQ(named("SHOP"), "ok");
}

TEST_F(MongodbOldNames, CanBeChangedToAnotherOneOnly) {
    EXPECT_EQ(renamed(like_shop_.id, "Sh op"), "already_exists");
    EXPECT_EQ(renamed(like_shop_.id, "store"), "ok");
    EXPECT_EQ(renamed(like_shop_.id, "sh op"), "already_exists");
    EXPECT_EQ(named("store"), "already_exists");
    const auto& id = like_ada_.id;
    EXPECT_EQ(outcome(world_.users().set_email(id, "ad\u0430@example.org", contract::at(2))),
              "already_exists");
    ASSERT_EQ(outcome(world_.users().set_email(id, "new@example.org", contract::at(2))), "ok");
    // The name that looks like another's is still compared, the address that was given up is not.
    app::User other = contract::a_user("other");
    other.email = "\u0430da@elsewhere.org";
    EXPECT_EQ(outcome(world_.users().create(other)), "ok");
    other = contract::a_user("A DA");
    other.email = "a@b.org";
    ASSERT_EQ(outcome(world_.users().remove(ada_.id, contract::a_discard())), "ok");
    EXPECT_EQ(outcome(world_.users().create(other)), "already_exists");
}

TEST_F(MongodbOldNames, TheOlderOneHoldsTheLook) {
    const auto held = [this](const DatabaseId& id) {
        const auto document = world_.link().find_one(names::databases, fields("_id", id)).value();
        return document->contains("held_looks");
    };
    EXPECT_TRUE(held(shop_.id));
    EXPECT_FALSE(held(like_shop_.id));
}

TEST_F(MongodbOldNames, LooksThatAnotherVersionSawAreToldAgain) {
    const std::vector<std::string> nonsense{"old"};
    const auto old = setting("looks", array_of(nonsense), "looks_version", "1, ICU 1.0, Unicode 1.0");
    for (const char* collection : {names::users, names::databases})
        ASSERT_TRUE(world_.link().update(collection, {}, old, Several::all));
    EXPECT_EQ(world_.link().count(names::databases, fields("looks", "old")).value(), 2);
    start();
    EXPECT_EQ(world_.link().count(names::databases, fields("looks", "old")).value(), 0);
    EXPECT_EQ(named("SHOP"), "already_exists");
    ASSERT_EQ(outcome(world_.databases().remove(shop_.id)), "ok");
    EXPECT_EQ(named("SHOP"), "already_exists");
}

}  // namespace
}  // namespace mim::store::mongodb
