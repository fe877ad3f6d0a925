// What a start finds: nothing, its own file, somebody else's, a damaged one, one from the future.
#include <fstream>

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

std::string refusal(const std::filesystem::path& file) {
    SqliteFile options;
    options.file = file;
    const auto opened = open_sqlite_file(options, system_clock());
    return opened ? "opened" : opened.error().message;
}

TEST(Open, FindsAgainWhatItStored) {
    sqlite::TemporaryFolder folder;
    const auto shop = contract::a_database("shop");
    {
        const auto stores = create_sqlite_stores(open_or_throw(folder.file()));
        ASSERT_TRUE(stores.databases->create(shop));
    }
    const auto stores = create_sqlite_stores(open_or_throw(folder.file()));
    EXPECT_EQ(contract::outcome(stores.databases->get(shop.id)), "ok");
}

TEST(Open, RefusesWhatItCannotUseInOneLineThatNamesTheFile) {
    sqlite::TemporaryFolder folder;
    std::ofstream(folder.file("garbage.db")) << std::string(10'000, '?');
    {
        const auto future = open_or_throw(folder.file("future.db"));
        auto writer = future->write();
        ASSERT_TRUE((*writer)->run_script("INSERT INTO schema_migrations VALUES (4711, 'later', 0)"));
        ASSERT_TRUE(writer->commit());
    }
    for (const auto& file :
         {folder.file("garbage.db"), folder.file("future.db"), folder.file("no") / "folder.db"}) {
        const auto message = refusal(file);
        EXPECT_NE(message.find(file.string()), std::string::npos) << message;
        EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    }
    EXPECT_NE(refusal(folder.file("garbage.db")).find("damaged"), std::string::npos);
    EXPECT_NE(refusal(folder.file("future.db")).find("version 4711"), std::string::npos);
}

TEST(Open, ADamagedRowIsAnErrorAndNoCrash) {
    SqliteWorld world;
    const auto shop = contract::a_database("shop");
    const auto definition = contract::a_definition(shop.id, "orders", "a");
    ASSERT_TRUE(world.databases().create(shop));
    ASSERT_TRUE(world.definitions().create(definition));
    {
        auto writer = world.connections()->write();
        ASSERT_TRUE((*writer)->run_script("UPDATE definitions SET key = x'0500ff'"));
        ASSERT_TRUE(writer->commit());
    }
    EXPECT_EQ(contract::outcome(world.definitions().get(definition.id)), "store_failed");
}

TEST(Open, AConnectionStringStaysOutOfErrors) {
    SqliteWorld world;
    auto shop = contract::a_database("shop");
    ASSERT_TRUE(world.databases().create(shop));
    shop.name = "other";
    const auto refused = world.databases().create(shop);  // the same id
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace mim::store
