// Needs a server: MIM_TEST_STORE_URI. Without it nothing runs, and that is said.
#include <iostream>

#include <gtest/gtest.h>

#include "interop/store/mongodb_world.hpp"

namespace mim::store {
namespace {

TEST(MongodbServer, IsThere) {
    if (store_uri_of_tests().empty()) GTEST_SKIP() << "MIM_TEST_STORE_URI is not set";
    MongoWorld world;
    EXPECT_TRUE(ping(world.link()));
}

}  // namespace
}  // namespace mim::store

int main(int count, char** arguments) {
    testing::InitGoogleTest(&count, arguments);
    if (mim::store::store_uri_of_tests().empty()) {
        std::cout << "SKIPPED: the contract suites against the MongoDB store: MIM_TEST_STORE_URI names no "
                     "server (make interop does)\n";
        testing::GTEST_FLAG(filter) = "MongodbServer.*";
    }
    return RUN_ALL_TESTS();
}
