#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "target/build_progress.hpp"

namespace mim::target {
namespace {

bson::Document doc(const char* json) {
    return bson::parse_json(json).value();
}

TEST(BuildProgress, PhaseIsTheServersOwnWordsWithoutFigures) {
    EXPECT_EQ(phase_of("Index Build: scanning collection Index Build: scanning collection: 5/10 50%"),
              "Index Build: scanning collection");
    EXPECT_EQ(phase_of("Index Build: scanning collection 12/345 (3%)"), "Index Build: scanning collection");
    EXPECT_EQ(phase_of("Index Build: draining writes"), "Index Build: draining writes");
    EXPECT_EQ(phase_of(""), "");
    EXPECT_EQ(phase_of("77%"), "");
}

TEST(BuildProgress, TheOperationWithFiguresWins) {
    const std::vector<bson::Document> operations{
        doc(R"({"op": "command", "ns": "t.other", "command": {"createIndexes": "other"}, "msg": "Index Build: x", "progress": {"done": 1, "total": 2}})"),
        doc(R"({"op": "command", "ns": "t.c", "command": {"find": "c"}})"),
        doc(R"({"op": "command", "ns": "t.c", "command": {"createIndexes": "c"}})"),
        doc(R"({"op": "none", "ns": "t.c", "msg": "Index Build: scanning collection Index Build: scanning collection: 3/9 33%", "progress": {"done": {"$numberLong": "3"}, "total": 9}})"),
    };
    const auto progress = progress_of(operations, "t.c");
    ASSERT_TRUE(progress);
    EXPECT_EQ(progress->phase, "Index Build: scanning collection");
    EXPECT_EQ(progress->done, 3);
    EXPECT_EQ(progress->total, 9);
}

TEST(BuildProgress, WithoutFiguresItIsStillThere) {
    const auto progress = progress_of(
        {doc(R"({"op": "command", "ns": "t.$cmd", "command": {"createIndexes": "c"}, "msg": ""})")}, "t.c");
    ASSERT_TRUE(progress);
    EXPECT_EQ(progress->done, std::nullopt);
    EXPECT_EQ(
        progress_of({doc(R"({"op": "command", "ns": "u.$cmd", "command": {"createIndexes": "c"}})")}, "t.c")
            .has_value(),
        false);
    EXPECT_EQ(progress_of({}, "t.c").has_value(), false);
}

}  // namespace
}  // namespace mim::target
