#include "target/usage.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"

namespace mim::target {
namespace {

bson::Document doc(const char* json) {
    return bson::parse_json(json).value();
}

TEST(Usage, SumsOverMembersSinceTheYoungest) {
    std::vector<index::LiveIndex> indexes(2);
    indexes[0].spec.name = "a_1";
    indexes[1].spec.name = "b_1";
    add_usage(
        {doc(R"({"name": "a_1", "accesses": {"ops": {"$numberLong": "5"}, "since": {"$date": {"$numberLong": "1000"}}}})"),
         doc(R"({"name": "gone_1", "accesses": {"ops": 9}})")},
        indexes);
    add_usage(
        {doc(R"({"name": "a_1", "accesses": {"ops": 7, "since": {"$date": {"$numberLong": "3000"}}}, "building": true})"),
         doc(R"({"name": "b_1"})")},
        indexes);
    ASSERT_TRUE(indexes[0].usage);
    EXPECT_EQ(indexes[0].usage->operations, 12);
    EXPECT_EQ(indexes[0].usage->members, 2);
    EXPECT_EQ(indexes[0].usage->since, Timestamp(std::chrono::milliseconds(3'000)));
    EXPECT_EQ(indexes[0].state, index::LiveIndex::State::building);
    EXPECT_FALSE(indexes[1].usage);
}

}  // namespace
}  // namespace mim::target
