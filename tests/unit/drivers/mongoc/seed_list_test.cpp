#include "drivers/mongoc/seed_list.hpp"

#include <gtest/gtest.h>

namespace mim::drivers::mongoc {
namespace {

TEST(SeedList, WhatANameServiceTellsOfHostsMayStand) {
    EXPECT_EQ(objection_to_seeds({"one.mongo.example:27017", "two_2.mongo-1.example:27018", "127.0.0.1:1"}),
              std::nullopt);
    EXPECT_EQ(objection_to_seeds(std::vector<std::string>(50, "a.mongo.example:27017")), std::nullopt);
}

TEST(SeedList, ManyHostsAreRefused) {
    EXPECT_EQ(objection_to_seeds(std::vector<std::string>(51, "a.mongo.example:27017")),
              "the name service tells 51 hosts, where at most 50 are taken");
}

// They are written into a connection string: a name could bring options that are nobody's.
TEST(SeedList, WhatIsNoHostIsRefused) {
    for (const char* const host : {"a/?tlsInsecure=true&appName=b.mongo.example:1", "u:p@b.mongo.example:1",
                                   "a,b.mongo.example:1", "a?b.mongo.example:1", "a b.mongo.example:1",
                                   "a\\000b.mongo.example:1", "%2Ftmp%2Fa.mongo.example:1",
                                   "\xff.mongo.example:1", "a=b.mongo.example:1", "[::1].mongo.example:1"}) {
        EXPECT_EQ(objection_to_seeds({"good.mongo.example:1", host}),
                  "the name service tells a host with a character that no host name can hold")
            << host;
    }
}

}  // namespace
}  // namespace mim::drivers::mongoc
