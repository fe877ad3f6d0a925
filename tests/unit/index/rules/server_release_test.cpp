#include "index/definition/server_release.hpp"

#include <gtest/gtest.h>

namespace mim::index {
namespace {

TEST(ServerRelease, FollowsTheOlderOfItsTwoVersions) {
    EXPECT_EQ((ServerRelease{{5, 0}, ServerVersion{4, 4}}.rules()), (ServerVersion{4, 4}));
    EXPECT_EQ((ServerRelease{{5, 0}, ServerVersion{5, 0}}.rules()), (ServerVersion{5, 0}));
    EXPECT_EQ((ServerRelease{{5, 0}}.rules()), (ServerVersion{5, 0})) << "it does not tell";
    EXPECT_EQ((ServerRelease{{5, 0}, ServerVersion{6, 0}}.rules()), (ServerVersion{5, 0}))
        << "no server says";
}

TEST(ServerRelease, IsToldInFullWhereTheTwoDiffer) {
    EXPECT_EQ((ServerRelease{{5, 0}, ServerVersion{4, 4}}.text()),
              "MongoDB 5.0 with feature compatibility version 4.4");
    EXPECT_EQ((ServerRelease{{5, 0}, ServerVersion{5, 0}}.text()), "MongoDB 5.0");
    EXPECT_EQ((ServerRelease{{5, 0}}.text()), "MongoDB 5.0");
}

}  // namespace
}  // namespace mim::index
