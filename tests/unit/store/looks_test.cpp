// Names of before, names that were copied here, and looks that another version of ICU saw.
#include "store/sqlite/looks.hpp"

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "drivers/icu/looks.hpp"
#include "store/archive.hpp"
#include "store/sqlite/schema.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

using contract::outcome;

app::User with_email(app::User user, const std::string& email) {
    user.email = email;
    return user;
}

// Two accounts and two databases whose names look alike, as a version wrote them that let them.
class OldNames : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto file = open_or_throw(folder_.file());
        ASSERT_EQ(outcome(create_sqlite_archive(file)->write(accounts_)), "ok");
        ASSERT_EQ(outcome(create_sqlite_archive(file)->write(databases_)), "ok");
        reopened(R"sql(
DELETE FROM user_looks; DELETE FROM database_looks;
UPDATE users SET looks_version = NULL; UPDATE databases SET looks_version = NULL)sql");
    }
    // After `script`.
    void reopened(const char* script) {
        {
            const auto file = open_or_throw(folder_.file());
            auto writer = file->write();
            ASSERT_TRUE((*writer)->run_script(script));
            ASSERT_TRUE(writer->commit());
        }
        file_ = open_or_throw(folder_.file());
        stores_ = create_sqlite_stores(file_);
    }
    std::int64_t number(sqlite::Sql sql) {
        auto reader = file_->read();
        auto statement = (*reader)->statement(sql);
        EXPECT_TRUE(statement && statement->step().value());
        return statement->integer(0);
    }
    std::string named(const std::string& name) {
        return outcome(stores_.databases->create(contract::a_database(name)));
    }

    sqlite::TemporaryFolder folder_;
    std::shared_ptr<sqlite::Connections> file_;
    SqliteStores stores_;
    const app::User ada_ = contract::a_user("ada"), like_ada_ = contract::a_user("\u0430da");
    const app::Database shop_ = contract::a_database("shop"), like_shop_ = contract::a_database("sh op");
    const std::vector<Item> accounts_{ada_, like_ada_}, databases_{shop_, like_shop_};
};

TEST_F(OldNames, StayAndCanBeUsed) {
    for (const auto* user : {&ada_, &like_ada_}) {
        EXPECT_EQ(stores_.users->find_by_identity(user->username)->id, user->id);
        EXPECT_EQ(stores_.users->find_by_identity(user->email)->id, user->id);
        EXPECT_EQ(outcome(stores_.users->set_email(user->id, user->email, contract::at(2))), "ok");
    }
    auto described = like_shop_;
    described.description = "another";
    EXPECT_EQ(outcome(stores_.databases->update(described, like_shop_.updated_at, app::Destination::same)),
              "ok");
    EXPECT_EQ(stores_.databases->get(like_shop_.id)->name, "sh op");
}

TEST_F(OldNames, KeepNewOnesAwayEachByItself) {
    const auto new_one = with_email(contract::a_user("ad\u0430"), "new@example.org");
    EXPECT_EQ(outcome(stores_.users->create(new_one)), "already_exists");
    EXPECT_EQ(named("SHOP"), "already_exists");
    ASSERT_EQ(outcome(stores_.databases->remove(shop_.id)), "ok");
    EXPECT_EQ(named("SHOP"), "already_exists");
    ASSERT_EQ(outcome(stores_.databases->remove(like_shop_.id)), "ok");
    EXPECT_EQ(named("SHOP"), "ok");
}

TEST_F(OldNames, CanBeChangedToAnotherOneOnly) {
    auto renamed = like_shop_;
    renamed.name = "Sh op";
    const auto change = [&] {
        const auto as_of = stores_.databases->get(renamed.id)->updated_at;
        return outcome(stores_.databases->update(renamed, as_of, app::Destination::same));
    };
    EXPECT_EQ(change(), "already_exists");
    renamed.name = "store";
    EXPECT_EQ(change(), "ok");
    renamed.name = "sh op";
    EXPECT_EQ(change(), "already_exists");
    EXPECT_EQ(outcome(stores_.users->set_email(like_ada_.id, "ad\u0430@example.org", contract::at(2))),
              "already_exists");
    EXPECT_EQ(outcome(stores_.users->set_email(like_ada_.id, "new@example.org", contract::at(2))), "ok");
}

TEST_F(OldNames, LooksThatAnotherVersionSawAreToldAgain) {
    reopened(R"sql(
UPDATE user_looks SET look = 'old ' || look; UPDATE database_looks SET look = 'old ' || look;
UPDATE users SET looks_version = '1, ICU 1.0, Unicode 1.0';
UPDATE databases SET looks_version = '1, ICU 1.0, Unicode 1.0')sql");
    EXPECT_EQ(number("SELECT COUNT(*) FROM user_looks WHERE look LIKE 'old %'"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM database_looks"), 2);
    EXPECT_EQ(named("SHOP"), "already_exists");
    EXPECT_EQ(number("SELECT COUNT(DISTINCT looks_version) FROM users"), 1);
}

TEST_F(OldNames, AStartThatFindsAllLooksWritesNothing) {
    const auto version = [this] { return number("SELECT data_version FROM pragma_data_version"); };
    const auto before = version();
    ASSERT_TRUE(open_or_throw(folder_.file()));
    EXPECT_EQ(version(), before);
}

// What an older version wrote is found at the first start of this one.
TEST(LooksOfAnOldFile, AreNotedAtTheStart) {
    sqlite::TemporaryFolder folder;
    {
        auto file = sqlite::Connections::open(
            {.open = {.file = folder.file(), .patience = std::chrono::milliseconds{30'000}, .functions = {}},
             .max_readers = 2});
        ASSERT_TRUE(file);
        ASSERT_TRUE(migrate(**file, migrations().first(14), Timestamp{}));
        auto writer = (*file)->write();
        ASSERT_TRUE((*writer)->run_script(R"sql(
INSERT INTO databases (id, created_at, updated_at, name, description, uri, db_name) VALUES
    ('0123456789abcdef01234567', 1, 1, 'shop', '', 'sealed', 'shop'),
    ('0123456789abcdef01234568', 1, 1, 'Shop', '', 'sealed', 'shop');
INSERT INTO users (id, created_at, updated_at, username, email, password_hash, first_name, last_name, avatar,
    role, username_folded, email_folded) VALUES
    ('0123456789abcdef01234567', 1, 1, 'ada', 'ada@a.org', 'h', '', '', '', 'admin', 'ada', 'ada@a.org'),
    ('0123456789abcdef01234568', 1, 1, 'a da', 'b@a.org', 'h', '', '', '', 'admin', 'a da', 'b@a.org');
)sql"));
        ASSERT_TRUE(writer->commit());
    }
    const auto stores = create_sqlite_stores(open_or_throw(folder.file()));
    EXPECT_EQ(stores.users->count().value(), 2);
    EXPECT_EQ(stores.databases->list({})->total, 2);
    EXPECT_EQ(stores.users->find_by_identity("a da")->email, "b@a.org");
    const auto like_ada = with_email(contract::a_user("AD\u0410"), "c@a.org");
    EXPECT_EQ(outcome(stores.users->create(like_ada)), "already_exists");
    EXPECT_EQ(outcome(stores.databases->create(contract::a_database("SHOP"))), "already_exists");
}

}  // namespace
}  // namespace mim::store
