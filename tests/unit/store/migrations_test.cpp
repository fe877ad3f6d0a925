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

std::string text_of(sqlite::Connections& file, sqlite::Sql sql) {
    auto reader = file.read();
    auto statement = (*reader)->statement(sql);
    EXPECT_TRUE(statement);
    EXPECT_TRUE(statement->step().value());
    return std::string(statement->text(0));
}

// What an older version kept of users' documents is taken away, what it kept of definitions stays.
TEST_F(MigrationsTest, ValuesOfDocumentsAreWipedFromOldRecords) {
    const auto file = opened();
    ASSERT_TRUE(migrate(*file, migrations().first(6), Timestamp{}));
    {
        auto writer = file->write();
        ASSERT_TRUE(writer);
        ASSERT_TRUE((*writer)->run_script(R"sql(
INSERT INTO databases (id, created_at, updated_at, name, description, uri, db_name)
    VALUES ('d', 1, 1, 'shop', '', 'sealed', 'shop');
INSERT INTO syncs (id, database, created_at, updated_at, collections, missing, extra, changed, drop_mode, names,
    status, error) VALUES ('s', 'd', 1, 1, x'', 'create', 'drop', 'alter', 'drop', 'identity', 'failed',
    'create c.g: 16755 Location: Cannot extract geo keys: { mail: "private" }');
INSERT INTO sync_records (sync, position, collection, index_name, action, status, progress, error_code, error_name,
    error_message, reason, risk, statement, definition, duplicates) VALUES
    ('s', 0, 'c', 'a', 'create', 'failed', 0, 11000, 'D', 'E11000 index: a dup key: { mail: "private" }', '', 'safe',
     '', x'', x'70726976617465'),
    ('s', 1, 'c', 'g', 'create', 'failed', 0, 16755, 'L', 'Cannot extract geo keys: { mail: "private" }', '', 'safe',
     '', x'', NULL),
    ('s', 2, 'c', 'k', 'create', 'failed', 0, 86, 'I', 'Requested index: { key: 1 }', '', 'safe', '', x'', NULL);
)sql"));
        ASSERT_TRUE(writer->commit());
    }
    ASSERT_TRUE(migrate(*file, migrations(), Timestamp{}));
    EXPECT_EQ(text_of(*file, "SELECT group_concat(error_message, '|') FROM sync_records"),
              "E11000 index: a|Cannot extract geo keys: |Requested index: { key: 1 }");
    EXPECT_EQ(text_of(*file, "SELECT error FROM syncs"),
              "create c.g: 16755 Location: Cannot extract geo keys: ");
    EXPECT_EQ(
        number(*file, "SELECT COUNT(*) FROM pragma_table_info('sync_records') WHERE name = 'duplicates'"), 0);
    EXPECT_EQ(number(*file, "SELECT show_duplicates FROM databases"), 1);
}

// Of a reset of an older version nobody knows who offered it.
TEST_F(MigrationsTest, ResetsOfNobodyAreOver) {
    const auto file = opened();
    ASSERT_TRUE(migrate(*file, migrations().first(13), Timestamp{}));
    {
        auto writer = file->write();
        ASSERT_TRUE(writer);
        ASSERT_TRUE((*writer)->run_script(R"sql(
INSERT INTO users (id, created_at, updated_at, username, username_folded, email, email_folded, password_hash,
    first_name, last_name, avatar, role, reset_token_hash, reset_expires_at)
    VALUES ('u', 1, 1, 'ada', 'ada', 'ada@example.org', 'ada@example.org', '', '', '', '', 'admin', 'hash', 5);
)sql"));
        ASSERT_TRUE(writer->commit());
    }
    ASSERT_TRUE(migrate(*file, migrations(), Timestamp{}));
    EXPECT_EQ(number(*file, "SELECT COUNT(*) FROM users WHERE reset_token_hash IS NULL"), 1);
}

TEST(Schema, VersionsCountUpFromOne) {
    int expected = 0;
    for (const auto& migration : migrations()) EXPECT_EQ(migration.version, ++expected);
    EXPECT_GT(expected, 0);
}

}  // namespace
}  // namespace mim::store
