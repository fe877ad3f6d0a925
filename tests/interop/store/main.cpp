// Needs a server: MIM_TEST_STORE_URI. `make interop` names one after the other.
#include <iostream>

#include <gtest/gtest.h>

#include "interop/store/mongodb_world.hpp"

namespace mim::store {
namespace {

TEST(MongodbServer, IsThere) {
    MongoWorld world;
    EXPECT_TRUE(ping(world.link()));
}

}  // namespace
}  // namespace mim::store

int main(int count, char** arguments) {
    testing::InitGoogleTest(&count, arguments);
    if (mim::store::store_uri_of_tests().empty()) {
        std::cerr << "MIM_TEST_STORE_URI names no server: run make interop, or set it to one of yours\n";
        return 2;
    }
    return RUN_ALL_TESTS();
}
