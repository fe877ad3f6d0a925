#include "store/sqlite/migrations.hpp"

#include <array>
#include <thread>

#include <gtest/gtest.h>

#include "store/sqlite/schema.hpp"
#include "unit/drivers/sqlite/temporary_folder.hpp"

namespace mim::store {
namespace {

constexpr Migration first{1, "first", "CREATE TABLE a (n INTEGER) STRICT; INSERT INTO a VALUES (1)"};
constexpr Migration second{2, "second", "INSERT INTO a VALUES (2)"};
constexpr Migration broken{2, "broken", "INSERT INTO a VALUES (2); INSERT INTO nowhere VALUES (1)"};

class MigrationsTest : public ::testing::Test {
  protected:
    std::unique_ptr<sqlite::Connections> opened() {
        auto file = sqlite::Connections::open(
            {.open = {.file = folder_.file(), .patience = std::chrono::milliseconds{30'000}, .functions = {}},
             .max_readers = 2});
        EXPECT_TRUE(file);
        return std::move(*file);
    }
    template <class... Each>
    static Done apply(sqlite::Connections& file, const Each&... migrations) {
        const std::array<Migration, sizeof...(Each)> all{migrations...};
        return migrate(file, all, Timestamp{});
    }
    static std::int64_t number(sqlite::Connections& file, sqlite::Sql sql) {
        auto reader = file.read();
        auto statement = (*reader)->statement(sql);
        EXPECT_TRUE(statement);
        EXPECT_TRUE(statement->step().value());
        return statement->integer(0);
    }
    sqlite::TemporaryFolder folder_;
};

TEST_F(MigrationsTest, AppliesEachOnce) {
    const auto file = opened();
    EXPECT_TRUE(apply(*file, first));
    EXPECT_TRUE(apply(*file, first));
    EXPECT_TRUE(apply(*file, first, second));
    EXPECT_TRUE(apply(*file, first, second));
    EXPECT_EQ(number(*file, "SELECT SUM(n) FROM a"), 3);
    EXPECT_EQ(number(*file, "SELECT COUNT(*) FROM schema_migrations"), 2);
}

TEST_F(MigrationsTest, ABrokenOneLeavesTheFileAsItWas) {
    const auto file = opened();
    EXPECT_TRUE(apply(*file, first));
    EXPECT_FALSE(apply(*file, first, broken));
    EXPECT_EQ(number(*file, "SELECT SUM(n) FROM a"), 1);
    EXPECT_EQ(number(*file, "SELECT MAX(version) FROM schema_migrations"), 1);
    EXPECT_TRUE(apply(*file, first, second));
}

TEST_F(MigrationsTest, RefusesANewerFileInOneLine) {
    const auto file = opened();
    EXPECT_TRUE(apply(*file, first, second));
    const auto refused = apply(*file, first);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::store_failed);
    EXPECT_NE(refused.error().message.find("version 2"), std::string::npos);
    EXPECT_NE(refused.error().message.find("only up to version 1"), std::string::npos);
    EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
}

TEST_F(MigrationsTest, ManyMayStartAtOnce) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([this] {
            const auto file = opened();
            const auto done = apply(*file, first, second);
            EXPECT_TRUE(done) << done.error().message;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(number(*opened(), "SELECT SUM(n) FROM a"), 3);
}

TEST(Schema, VersionsCountUpFromOne) {
    int expected = 0;
    for (const auto& migration : migrations()) EXPECT_EQ(migration.version, ++expected);
    EXPECT_GT(expected, 0);
}

}  // namespace
}  // namespace mim::store
