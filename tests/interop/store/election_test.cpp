// Single commands while the deployment elects a new primary.
#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "interop/store/fail_point.hpp"
#include "interop/store/mongodb_world.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

constexpr int not_writable_primary = 10107;
constexpr const char* look_first = "look before you ask again";

class MongodbElection : public ::testing::Test {
  protected:
    Link& link() { return world_.link(); }
    // More often than the driver tries by itself.
    static bson::Document some_times() { return fields("times", 3); }
    static bson::Document refusal() { return fields("errorCode", not_writable_primary); }
    MongoWorld world_;
};

TEST_F(MongodbElection, AQuestionIsAskedOfTheSuccessor) {
    ASSERT_EQ(outcome(link().insert("things", {fields("_id", 1)})), "ok");
    const FailPoint point(link(), some_times(), "find", refusal());
    MIM_SKIP_UNLESS_SET(point);
    const auto found = link().find("things", {.filter = {}});
    ASSERT_EQ(outcome(found), "ok");
    EXPECT_EQ(found->size(), 1U);
}

TEST_F(MongodbElection, AWriteIsDoneByTheSuccessor) {
    const FailPoint point(link(), some_times(), "insert", refusal());
    MIM_SKIP_UNLESS_SET(point);
    EXPECT_EQ(outcome(link().insert("things", {fields("_id", 1)})), "ok");
    EXPECT_EQ(link().find("things", {.filter = {}})->size(), 1U);
}

TEST_F(MongodbElection, WithoutASuccessorTheStoreIsNotReady) {
    drivers::mongoc::PoolSettings settings;
    settings.most_clients = 1;
    const auto place = with_database(store_uri_of_tests(), world_.name());
    const auto hurried = Link::open(place, settings, std::chrono::seconds{2}).value();
    const FailPoint point(link(), std::string("alwaysOn"), "insert", refusal());
    MIM_SKIP_UNLESS_SET(point);
    EXPECT_EQ(outcome(hurried->insert("things", {fields("_id", 1)})), "not_ready");
}

TEST_F(MongodbElection, AWriteThatMayStandIsNotDoneAgain) {
    const FailPoint point(link(), std::string("alwaysOn"), "insert", fields("closeConnection", true));
    MIM_SKIP_UNLESS_SET(point);
    const auto done = link().insert("things", {fields("_id", 1)});
    ASSERT_EQ(outcome(done), "not_ready");
    EXPECT_NE(done.error().message.find(look_first), std::string::npos);
}

}  // namespace
}  // namespace mim::store::mongodb
