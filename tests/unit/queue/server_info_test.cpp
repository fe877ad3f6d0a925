#include "queue/redis/server_info.hpp"

#include <gtest/gtest.h>

namespace mim::queue {
namespace {

constexpr std::string_view redis = "# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n";
constexpr std::string_view valkey =
    "# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.1\r\n"
    "maxmemory_policy:noeviction\r\n";

TEST(ServerInfo, EachIsCalledByItsOwnNameAndVersion) {
    EXPECT_EQ(name_and_version(redis), "Redis 7.0.15");
    EXPECT_EQ(name_and_version(valkey), "Valkey 8.1.1");
    EXPECT_EQ(name_and_version("server_name:valkey\r\nredis_version:7.2.4"), "Valkey");
    EXPECT_EQ(name_and_version(""), "Redis");
}

TEST(ServerInfo, AValueIsThatOfTheWholeName) {
    EXPECT_EQ(info_value(valkey, "maxmemory_policy"), "noeviction");
    EXPECT_EQ(info_value(valkey, "version"), "");
    EXPECT_EQ(info_value(valkey, "redis"), "");
    EXPECT_EQ(info_value("a:1", "a"), "1");
}

}  // namespace
}  // namespace mim::queue
