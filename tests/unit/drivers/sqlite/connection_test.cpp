#include "drivers/sqlite/connection.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "drivers/sqlite/errors.hpp"
#include "unit/drivers/sqlite/temporary_folder.hpp"

namespace mim::sqlite {
namespace {

std::string shout(std::string_view text) {
    return std::string(text) + "!";
}

class ConnectionTest : public ::testing::Test {
  protected:
    [[nodiscard]] OpenOptions options() const {
        return {.file = folder_.file(),
                .patience = std::chrono::milliseconds{50},
                .functions = {{"shout", &shout}}};
    }
    Connection opened() {
        auto connection = Connection::open(options(), Access::read_write);
        EXPECT_TRUE(connection) << (connection ? "" : connection.error().message);
        return std::move(*connection);
    }
    static std::int64_t number(Connection& connection, Sql sql) {
        auto statement = connection.statement(sql);
        EXPECT_TRUE(statement);
        EXPECT_TRUE(statement->step().value());
        return statement->integer(0);
    }
    TemporaryFolder folder_;
};

TEST_F(ConnectionTest, CreatesFilesForTheirOwnerOnly) {
    auto connection = opened();
    ASSERT_TRUE(connection.run_script("CREATE TABLE t (a INTEGER) STRICT"));
    for (const char* name : {"mim.db", "mim.db-wal", "mim.db-shm"}) {
        struct stat facts {};
        ASSERT_EQ(::stat(folder_.file(name).c_str(), &facts), 0) << name;
        EXPECT_EQ(facts.st_mode & 0777U, 0600U) << name;
    }
}

TEST_F(ConnectionTest, IsDurableAndStrictAboutForeignKeys) {
    auto connection = opened();
    EXPECT_EQ(number(connection, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(number(connection, "PRAGMA synchronous"), 2);  // FULL
    auto mode = connection.statement("PRAGMA journal_mode");
    ASSERT_TRUE(mode->step().value());
    EXPECT_EQ(mode->text(0), "wal");
}

TEST_F(ConnectionTest, KeepsValuesOfEveryType) {
    auto connection = opened();
    ASSERT_TRUE(
        connection.run_script("CREATE TABLE t (a INTEGER, b TEXT, c BLOB, d TEXT, e TEXT, f BLOB) STRICT"));
    const std::vector<std::uint8_t> bytes{0, 1, 255};
    const std::string with_zero("x\0y", 3);
    ASSERT_TRUE(connection.run("INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5, ?6)", std::int64_t{1} << 62,
                               with_zero, Blob(bytes), std::optional<std::string>(), std::string_view(),
                               Blob()));
    auto row = connection.statement("SELECT a, b, c, d, e, f FROM t");
    ASSERT_TRUE(row->step().value());
    EXPECT_EQ(row->integer(0), std::int64_t{1} << 62);
    EXPECT_EQ(row->text(1), with_zero);
    EXPECT_EQ(std::vector<std::uint8_t>(row->blob(2).begin(), row->blob(2).end()), bytes);
    EXPECT_TRUE(row->is_null(3));
    EXPECT_FALSE(row->optional_text(3));
    EXPECT_FALSE(row->is_null(4));
    EXPECT_EQ(row->text(4), "");
    EXPECT_FALSE(row->is_null(5));
    EXPECT_FALSE(row->step().value());
}

TEST_F(ConnectionTest, UsesACachedStatementAgainWithNewValues) {
    auto connection = opened();
    static constexpr Sql echo = "SELECT ?1, ?2";
    {
        auto first = connection.statement(echo, 1, 2);
        ASSERT_TRUE(first->step().value());
    }
    auto second = connection.statement(echo, 3);
    ASSERT_TRUE(second->step().value());
    EXPECT_EQ(second->integer(0), 3);
    EXPECT_TRUE(second->is_null(1));  // nothing is left of the earlier values
}

TEST_F(ConnectionTest, CallsTextFunctions) {
    auto connection = opened();
    auto row = connection.statement("SELECT shout(?1), shout(NULL)", "hey");
    ASSERT_TRUE(row->step().value());
    EXPECT_EQ(row->text(0), "hey!");
    EXPECT_TRUE(row->is_null(1));
}

TEST_F(ConnectionTest, TranslatesConstraints) {
    auto connection = opened();
    ASSERT_TRUE(
        connection.run_script("CREATE TABLE p (id TEXT PRIMARY KEY, a TEXT, b TEXT, UNIQUE (a, b)) STRICT;"
                              "CREATE TABLE c (p TEXT REFERENCES p (id)) STRICT;"
                              "INSERT INTO p VALUES ('1', 'x', 'y')"));
    const auto taken = connection.run("INSERT INTO p VALUES ('2', 'x', 'y')");
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::already_exists);
    EXPECT_TRUE(concerns_column(taken.error(), "p.a"));
    EXPECT_TRUE(concerns_column(taken.error(), "p.b"));
    EXPECT_FALSE(concerns_column(taken.error(), "p.id"));
    const auto known = connection.run("INSERT INTO p VALUES ('1', 'z', 'z')");
    EXPECT_TRUE(concerns_column(known.error(), "p.id"));
    EXPECT_EQ(connection.run("INSERT INTO c VALUES ('9')").error().code, ErrorCode::not_found);
    EXPECT_EQ(connection.run("INSERT INTO p VALUES (x'00', 1, 2)").error().code, ErrorCode::store_failed);
}

TEST_F(ConnectionTest, ATransactionIsUndoneUnlessCommitted) {
    auto connection = opened();
    ASSERT_TRUE(connection.run_script("CREATE TABLE t (a INTEGER) STRICT"));
    {
        auto undone = Transaction::begin(connection, Transaction::Kind::immediate);
        ASSERT_TRUE(undone);
        ASSERT_TRUE(connection.run("INSERT INTO t VALUES (1)"));
    }
    EXPECT_EQ(number(connection, "SELECT COUNT(*) FROM t"), 0);
    auto kept = Transaction::begin(connection, Transaction::Kind::immediate);
    ASSERT_TRUE(connection.run("INSERT INTO t VALUES (1)"));
    ASSERT_TRUE(kept->commit());
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(number(connection, "SELECT COUNT(*) FROM t"), 1);
}

TEST_F(ConnectionTest, SaysThatAnotherOneKeepsTheLock) {
    auto holder = opened();
    auto other = opened();
    const auto held = Transaction::begin(holder, Transaction::Kind::immediate);
    ASSERT_TRUE(held);
    const auto refused = Transaction::begin(other, Transaction::Kind::immediate);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::store_failed);
    EXPECT_NE(refused.error().message.find("another process has kept the data file locked"),
              std::string::npos);
}

TEST_F(ConnectionTest, AReaderCannotWrite) {
    ASSERT_TRUE(opened().run_script("CREATE TABLE t (a INTEGER) STRICT"));
    auto reader = Connection::open(options(), Access::read_only);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->run("INSERT INTO t VALUES (1)").error().code, ErrorCode::store_failed);
}

TEST_F(ConnectionTest, RefusesAFileThatIsNoDatabase) {
    std::ofstream(folder_.file()) << std::string(8192, 'x');
    const auto refused = Connection::open(options(), Access::read_write);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::store_failed);
    EXPECT_NE(refused.error().message.find(folder_.file().string()), std::string::npos);
    EXPECT_NE(refused.error().message.find("damaged"), std::string::npos) << refused.error().message;
    EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
}

TEST_F(ConnectionTest, RefusesAFolderThatIsMissingAndAFolderForAFile) {
    auto missing = options();
    missing.file = folder_.file("no") / "such" / "mim.db";
    const auto no_folder = Connection::open(missing, Access::read_write);
    ASSERT_FALSE(no_folder);
    EXPECT_NE(no_folder.error().message.find(std::strerror(ENOENT)), std::string::npos);
    std::filesystem::create_directory(folder_.file());
    const auto no_file = Connection::open(options(), Access::read_write);
    ASSERT_FALSE(no_file);
    EXPECT_EQ(no_file.error().code, ErrorCode::store_failed);
}

}  // namespace
}  // namespace mim::sqlite
