#include "drivers/sqlite/connections.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "unit/drivers/sqlite/temporary_folder.hpp"

namespace mim::sqlite {
namespace {

using std::chrono::milliseconds;

class ConnectionsTest : public ::testing::Test {
  protected:
    std::unique_ptr<Connections> opened(milliseconds patience = milliseconds{30'000}) {
        auto file = Connections::open(
            {.open = {.file = folder_.file(), .patience = patience, .functions = {}}, .max_readers = 2});
        EXPECT_TRUE(file);
        return std::move(*file);
    }
    static void make_table(Connections& file) {
        auto writer = file.write();
        ASSERT_TRUE((*writer)->run_script("CREATE TABLE t (a INTEGER) STRICT"));
        ASSERT_TRUE(writer->commit());
    }
    static Done insert(Connections& file) {
        MIM_TRY(writer, file.write());
        MIM_CHECK(writer->run("INSERT INTO t VALUES (1)"));
        return writer.commit();
    }
    static std::int64_t count(Connection& connection) {
        auto statement = connection.statement("SELECT COUNT(*) FROM t");
        EXPECT_TRUE(statement->step().value());
        return statement->integer(0);
    }
    TemporaryFolder folder_;
};

TEST_F(ConnectionsTest, AWriteWithoutCommitIsUndone) {
    const auto file = opened();
    make_table(*file);
    {
        auto writer = file->write();
        ASSERT_TRUE((*writer)->run("INSERT INTO t VALUES (1)"));
    }
    EXPECT_EQ(count(**file->read()), 0);
    EXPECT_TRUE(insert(*file));
    EXPECT_EQ(count(**file->read()), 1);
}

TEST_F(ConnectionsTest, ASnapshotDoesNotSeeLaterWrites) {
    const auto file = opened();
    make_table(*file);
    auto reader = file->read();
    {
        const auto snapshot = Transaction::begin(**reader, Transaction::Kind::snapshot);
        EXPECT_EQ(count(**reader), 0);
        ASSERT_TRUE(insert(*file));
        EXPECT_EQ(count(**reader), 0);
    }
    EXPECT_EQ(count(**reader), 1);
}

TEST_F(ConnectionsTest, ReadersAreBounded) {
    const auto file = opened(milliseconds{20});
    auto first = std::make_unique<Result<Reader>>(file->read());
    const auto second = file->read();
    const auto third = file->read();
    ASSERT_TRUE(*first && second);
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, ErrorCode::store_failed);
    first.reset();
    EXPECT_TRUE(file->read());
}

TEST_F(ConnectionsTest, WritersGiveUpAfterTheirPatience) {
    const auto file = opened(milliseconds{20});
    const auto held = file->write();
    ASSERT_TRUE(held);
    ErrorCode refused = ErrorCode::internal;
    std::thread([&] { refused = file->write().error().code; }).join();
    EXPECT_EQ(refused, ErrorCode::store_failed);
}

TEST_F(ConnectionsTest, ThreadsOfTwoOpenersWriteWithoutLoss) {
    const auto one = opened();
    const auto two = opened();
    make_table(*one);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&file = i % 2 == 0 ? *one : *two] {
            for (int n = 0; n < 25; ++n) EXPECT_TRUE(insert(file));
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count(**one->read()), 100);
}

}  // namespace
}  // namespace mim::sqlite
