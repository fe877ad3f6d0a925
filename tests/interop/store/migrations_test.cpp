#include "store/mongodb/migrations.hpp"

#include <array>
#include <thread>

#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "interop/store/mongodb_world.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

Done bring_up(Link& link, const std::vector<Migration>& migrations) {
    return migrate(link, migrations, Timestamp{});
}

Migration numbered(std::int64_t version, const char* index) {
    return {version, "a test", {{"things", index}}};
}
constexpr const char* by_a = R"({"name": "by_a", "key": {"a": 1}, "unique": true})";
constexpr const char* by_b = R"({"name": "by_b", "key": {"b": 1}})";

class MongodbMigrations : public ::testing::Test {
  protected:
    // Of the test's own collection; version 1 is the world's.
    std::size_t indexes() {
        const auto reply = world_.link().run(fields("listIndexes", "things"), drivers::mongoc::Nature::read);
        if (!reply) return 0;
        return Reader(*reply).inside("cursor").part("firstBatch")->size() - 1;
    }
    std::int64_t noted() { return world_.link().count(names::migrations, {}).value(); }
    static std::vector<Migration> after_ours(std::vector<Migration> more) {
        const auto ours = all_migrations();
        std::vector<Migration> all(ours.begin(), ours.end());
        for (auto& each : more) {
            each.version = all.back().version + 1;
            all.push_back(each);
        }
        return all;
    }
    MongoWorld world_;
};

TEST_F(MongodbMigrations, AppliesEachOnce) {
    const auto before = noted();
    EXPECT_TRUE(bring_up(world_.link(), after_ours({numbered(0, by_a)})));
    EXPECT_EQ(indexes(), 1U);
    EXPECT_TRUE(bring_up(world_.link(), after_ours({numbered(0, by_a), numbered(0, by_b)})));
    EXPECT_TRUE(bring_up(world_.link(), after_ours({numbered(0, by_a), numbered(0, by_b)})));
    EXPECT_EQ(indexes(), 2U);
    EXPECT_EQ(noted(), before + 2);
}

TEST_F(MongodbMigrations, WhatFailsIsNotNotedAndIsDoneAgain) {
    const auto before = noted();
    const auto broken = numbered(0, R"({"name": "broken", "key": {"a": "nonsense"}})");
    EXPECT_FALSE(bring_up(world_.link(), after_ours({numbered(0, by_a), broken})));
    EXPECT_EQ(noted(), before + 1);
    EXPECT_TRUE(bring_up(world_.link(), after_ours({numbered(0, by_a), numbered(0, by_b)})));
    EXPECT_EQ(noted(), before + 2);
}

// What an older version kept of users' documents is taken away, what it kept of definitions stays.
TEST_F(MongodbMigrations, ValuesOfDocumentsAreWipedFromOldRecords) {
    Link& link = world_.link();
    ASSERT_TRUE(link.remove(names::migrations, fields("_id", fields("$gte", 4)), Several::all));
    const auto record = [](int position, int code, const char* message) {
        return fields("_id", position, "position", position, "error",
                      fields("code", code, "name", "N", "message", message));
    };
    bson::Builder sampled;
    sampled.add_all(record(0, 11000, "E11000 index: a dup key: { mail: \"private\" }").view());
    sampled.add("duplicates", "private");
    ASSERT_TRUE(
        link.insert(names::sync_records, {sampled.take(), record(1, 16755, "Bad keys: { mail: \"private\" }"),
                                          record(2, 86, "Requested index: { key: 1 }")}));
    ASSERT_TRUE(link.insert(names::syncs,
                            {fields("_id", 1, "error", "Can't extract geo keys: { mail: \"private\" }")}));
    ASSERT_TRUE(bring_up(link, after_ours({})));
    const auto read = [&](const char* collection, int id) {
        return bson::to_json(*link.find_one(collection, fields("_id", id)).value());
    };
    for (const int id : {0, 1})
        EXPECT_EQ(read(names::sync_records, id).find("private"), std::string::npos) << id;
    EXPECT_NE(read(names::sync_records, 2).find("{ key: 1 }"), std::string::npos);
    EXPECT_EQ(read(names::syncs, 1).find("private"), std::string::npos);
}

TEST_F(MongodbMigrations, RefusesANewerDatabaseInOneLine) {
    ASSERT_TRUE(world_.link().insert(names::migrations, {fields("_id", 4711, "name", "later")}));
    MongoDeployment deployment;
    deployment.uri = with_database(store_uri_of_tests(), world_.name());
    const auto refused = open_mongodb(deployment, system_clock());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::store_failed);
    EXPECT_NE(refused.error().message.find("version 4711"), std::string::npos);
    EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
}

TEST(MongodbStart, ManyMayStartAtOnce) {
    const MongoWorld world;
    const std::string fresh = world.name() + "_b";
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] { EXPECT_NO_THROW((void)open_or_throw(fresh)); });
    }
    for (auto& thread : threads) thread.join();
    const auto link = open_or_throw(fresh);
    EXPECT_EQ(link->count(names::migrations, {}).value(), static_cast<std::int64_t>(all_migrations().size()));
    EXPECT_TRUE(link->run(fields("dropDatabase", 1), drivers::mongoc::Nature::write));
}

TEST(MongodbSchema, VersionsCountUpFromOne) {
    std::int64_t expected = 0;
    for (const auto& migration : all_migrations()) EXPECT_EQ(migration.version, ++expected);
    EXPECT_GT(expected, 0);
}

}  // namespace
}  // namespace mim::store::mongodb
