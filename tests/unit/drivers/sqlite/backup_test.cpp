#include "drivers/sqlite/backup.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "unit/drivers/sqlite/temporary_folder.hpp"

namespace mim::sqlite {
namespace {

class CheckWhole : public ::testing::Test {
  protected:
    Connection opened() {
        auto connection = Connection::open(
            {.file = folder_.file(), .patience = std::chrono::milliseconds{50}, .functions = {}},
            Access::read_write);
        EXPECT_TRUE(connection) << (connection ? "" : connection.error().message);
        return std::move(*connection);
    }
    TemporaryFolder folder_;
};

// SQLite 3.40, Debian 12's, reports a NULL in every row of such a table.
TEST_F(CheckWhole, AKeyThatComesLastIsNoDamage) {
    auto file = opened();
    ASSERT_TRUE(
        file.run_script("CREATE TABLE t (a TEXT NOT NULL UNIQUE, b INTEGER NOT NULL, k TEXT NOT NULL,"
                        " PRIMARY KEY (k)) STRICT, WITHOUT ROWID;"
                        "INSERT INTO t VALUES ('a', 1, 'k'), ('b', 2, 'l')"));
    const auto whole = check_whole(file);
    EXPECT_TRUE(whole) << whole.error().message;
}

// A file as no connection of ours would write it.
TEST_F(CheckWhole, ANullWhereNoneMayBeIsTold) {
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(folder_.file().c_str(), &raw), SQLITE_OK);
    const char* script =
        "CREATE TABLE t (k TEXT PRIMARY KEY, a TEXT) STRICT; INSERT INTO t VALUES ('k', NULL);"
        "PRAGMA writable_schema=ON;"
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (k TEXT PRIMARY KEY, a TEXT NOT NULL) STRICT'"
        " WHERE name = 't'; PRAGMA writable_schema=RESET";
    EXPECT_EQ(sqlite3_exec(raw, script, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
    sqlite3_close(raw);
    auto file = opened();
    const auto whole = check_whole(file);
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().message, "the file is damaged: NULL value in t.a");
}

TEST_F(CheckWhole, ARowThatBelongsToNothingIsTold) {
    auto file = opened();
    ASSERT_TRUE(
        file.run_script("PRAGMA foreign_keys=OFF;"
                        "CREATE TABLE t (k TEXT PRIMARY KEY) STRICT;"
                        "CREATE TABLE u (t TEXT REFERENCES t (k)) STRICT;"
                        "INSERT INTO u VALUES ('nobody')"));
    const auto whole = check_whole(file);
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().message, "the file is damaged: a row of u belongs to nothing");
}

}  // namespace
}  // namespace mim::sqlite
