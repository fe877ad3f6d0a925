#include "drivers/redis/address.hpp"

#include <gtest/gtest.h>

namespace mim::redis {
namespace {

Address parsed(const std::string& uri) {
    auto address = parse_address(Secret(uri));
    EXPECT_TRUE(address) << uri;
    return address ? *address : Address{.host = "none"};
}

TEST(RedisAddress, KnowsItsDefaults) {
    const auto address = parsed("redis://cache");
    EXPECT_EQ(address.host, "cache");
    EXPECT_EQ(address.port, 6379);
    EXPECT_EQ(address.database, 0);
    EXPECT_TRUE(address.user.empty());
    EXPECT_TRUE(address.password.empty());
    EXPECT_EQ(address.transport, Transport::plain);
}

TEST(RedisAddress, ReadsEveryPart) {
    const auto address = parsed("rediss://me:p%40ss%3aword@10.0.0.7:7000/12?ca_file=/etc/ca%20one.pem");
    EXPECT_EQ(address.transport, Transport::tls);
    EXPECT_EQ(address.user, "me");
    EXPECT_EQ(address.password.reveal(), "p@ss:word");
    EXPECT_EQ(address.host, "10.0.0.7");
    EXPECT_EQ(address.port, 7000);
    EXPECT_EQ(address.database, 12);
    EXPECT_EQ(address.ca_file, "/etc/ca one.pem");
}

TEST(RedisAddress, APasswordNeedsNoUser) {
    const auto address = parsed("redis://:secret@cache/");
    EXPECT_TRUE(address.user.empty());
    EXPECT_EQ(address.password.reveal(), "secret");
    EXPECT_EQ(address.database, 0);
}

TEST(RedisAddress, TakesAnAddressOfVersionSix) {
    const auto address = parsed("redis://[::1]:7001/3");
    EXPECT_EQ(address.host, "::1");
    EXPECT_EQ(address.port, 7001);
    EXPECT_EQ(address.database, 3);
}

class BadAddress : public ::testing::TestWithParam<const char*> {};
TEST_P(BadAddress, IsRefusedWithoutShowingIt) {
    const auto address = parse_address(Secret(GetParam()));
    ASSERT_FALSE(address);
    const auto error = address.error();
    EXPECT_EQ(error.code, ErrorCode::invalid_input);
    ASSERT_EQ(error.fields.size(), 1U);
    EXPECT_EQ(error.fields[0].path, "uri");
    EXPECT_EQ((error.message + error.fields[0].reason).find("hunter2"), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(Uris, BadAddress,
                         ::testing::Values("", "cache:6379", "http://hunter2@cache", "redis://",
                                           "redis://me:hunter2@", "redis://me:hunter2@cache:port",
                                           "redis://me:hunter2@cache:0", "redis://me:hunter2@cache:70000",
                                           "redis://me:hunter2@cache/hunter2", "redis://:hunter2@cache/-1",
                                           "redis://me:hunter2%4@cache", "redis://me:hunter2%zz@cache",
                                           "redis://hunter2@cache", "redis://:hunter2@[::1",
                                           "redis://:hunter2@cache?hunter2=1",
                                           "redis://:hunter2@cache?ca_file="));

}  // namespace
}  // namespace mim::redis
