#include "drivers/mongoc/own_database.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"

namespace mim::drivers::mongoc {
namespace {

std::string identity(const char* greeting) {
    return server_identity(bson::parse_json(greeting).value().view());
}

TEST(ServerIdentity, IsTheProcessWhereItIsTold) {
    const auto told = identity(
        R"({"topologyVersion": {"processId": {"$oid": "650000000000000000000001"}, "counter": 3}, "setName": "rs"})");
    EXPECT_NE(told.find("650000000000000000000001"), std::string::npos);
    EXPECT_EQ(told, identity(R"({"topologyVersion": {"processId": {"$oid": "650000000000000000000001"}}})"));
    EXPECT_NE(told, identity(R"({"topologyVersion": {"processId": {"$oid": "650000000000000000000002"}}})"));
}

TEST(ServerIdentity, IsTheMemberOfItsSetWhereNoProcessIsTold) {
    const auto told = identity(R"({"setName": "rs", "me": "a:27017"})");
    EXPECT_FALSE(told.empty());
    EXPECT_NE(told, identity(R"({"setName": "rs", "me": "b:27017"})"));
    EXPECT_NE(told, identity(R"({"setName": "other", "me": "a:27017"})"));
}

TEST(ServerIdentity, IsEmptyWhereNothingIsTold) {
    EXPECT_EQ(identity(R"({"ismaster": true})"), "");
    EXPECT_EQ(identity(R"({"setName": "rs"})"), "");
    EXPECT_EQ(identity(R"({"topologyVersion": {"processId": 5}})"), "");
}

TEST(KnownServers, KnowWhatTheyWereTold) {
    KnownServers servers;
    EXPECT_FALSE(servers.has_any_of({"a", "b"}));
    servers.note("b");
    EXPECT_TRUE(servers.has_any_of({"a", "b"}));
    EXPECT_FALSE(servers.has_any_of({"a"}));
    EXPECT_FALSE(servers.has_any_of({}));
}

}  // namespace
}  // namespace mim::drivers::mongoc
