#include "sandbox/seed.hpp"

#include <gtest/gtest.h>

#include "sandbox/scram.hpp"
#include "sandbox/server.hpp"

namespace mim::sandbox {
namespace {

TEST(Seed, MakesDatabasesWithIndexesAndDocuments) {
    auto seed = parse_seed(R"({"databases": {"shop": {"orders": {
        "options": {"collation": {"locale": "en"}}, "documents": {"count": 3, "template": {"n": "{n}", "s": "x{n}"}},
        "indexes": [{"key": {"n": 1}, "unique": true}, {"key": {"_id": 1}, "name": "_id_"}]}}}})",
                           {7, 0});
    ASSERT_TRUE(seed) << seed.error().message;
    const auto* orders = seed->find({"shop", "orders"});
    ASSERT_NE(orders, nullptr);
    EXPECT_EQ(orders->indexes().size(), 2U);
    EXPECT_EQ(orders->indexes().back().spec.name, "n_1");
    EXPECT_EQ(orders->documents().size(), 3U);
    EXPECT_EQ(orders->documents().back().find("s")->string(), "x2");
}

TEST(Seed, NamesTheBadPlace) {
    const auto seed =
        parse_seed(R"({"databases": {"shop": {"orders": {"indexes": [{"key": {"n": 0}}]}}}})", {7, 0});
    ASSERT_FALSE(seed);
    EXPECT_NE(seed.error().message.find("databases.shop.orders.indexes[0]"), std::string::npos);
}

TEST(Scram, RefusesStrangersAndNonsense) {
    const auto keys = ScramKeys::derive({"user", Secret("pencil")});
    for (const char* bad :
         {"", "n,,", "n,,n=user", "n,,n=other,r=abc", "y,,n=user,r=abc", "p=x,,n=user,r=abc"})
        EXPECT_FALSE(ScramConversation::begin(keys, bad)) << bad;
    const auto conversation = ScramConversation::begin(keys, "n,,n=user,r=abc");
    ASSERT_TRUE(conversation);
    EXPECT_EQ(conversation->server_first().rfind("r=abc", 0), 0U);
    for (const char* bad : {"", "c=biws,r=abc,p=", "c=biws,r=abc,p=AAAA", "c=biws,p=!!!!"})
        EXPECT_FALSE(conversation->finish(keys, bad)) << bad;
}

TEST(Server, WithABadSeedNobodyIsListenedTo) {
    EXPECT_FALSE(Server::start({}, silent_logger(), "{"));
    EXPECT_TRUE(Server::start({}, silent_logger(), R"({"databases": {}})"));
}

TEST(Server, StartsStopsAndRefusesATakenPort) {
    auto server = Server::start({}, silent_logger());
    ASSERT_TRUE(server);
    EXPECT_NE((*server)->port(), 0);
    Settings taken;
    taken.port = (*server)->port();
    EXPECT_FALSE(Server::start(taken, silent_logger()));
    EXPECT_TRUE((*server)->load_seed(R"({"databases": {}})"));
    (*server)->stop();
    (*server)->stop();
    EXPECT_FALSE((*server)->load_seed(R"({"databases": {}})"));
    Settings nowhere;
    nowhere.host = "not an address";
    EXPECT_FALSE(Server::start(nowhere, silent_logger()));
}

TEST(Server, RunsWithTheFeatureCompatibilityVersionOfItsOwnReleaseOrTheOneBefore) {
    const auto starts = [](index::ServerVersion version, index::ServerVersion feature_version) {
        Settings settings;
        settings.version = version;
        settings.feature_version = feature_version;
        return Server::start(settings, silent_logger()).has_value();
    };
    EXPECT_TRUE(starts({5, 0}, {5, 0}));
    EXPECT_TRUE(starts({5, 0}, {4, 4}));
    EXPECT_TRUE(starts({8, 2}, {8, 0}));
    EXPECT_FALSE(starts({5, 0}, {4, 2}));
    EXPECT_FALSE(starts({5, 0}, {5, 1}));
}

}  // namespace
}  // namespace mim::sandbox
