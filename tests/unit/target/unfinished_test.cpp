#include "target/unfinished.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"

namespace mim::target {
namespace {

using Names = std::vector<std::string>;
using Of = BuildOperation::Of;

bson::Document answer(const std::string& json) {
    return bson::parse_json(json).value();
}

index::LiveIndex listed_index(const std::string& name) {
    return {index::Spec::from_document(answer(R"({"key": {"a": 1}, "name": ")" + name + "\"}").view())};
}

index::LiveIndex listed_id_index() {
    return {index::Spec::from_document(answer(R"({"key": {"_id": 1}, "name": "_id_"})").view())};
}

TEST(Unfinished, InStorageIsWhatEveryDocumentTells) {
    EXPECT_EQ(unfinished_in_storage({answer(R"({"building": []})")}), Names{});
    EXPECT_EQ(unfinished_in_storage(
                  {answer(R"({"building": ["a_1", "b_1"]})"), answer(R"({"building": ["b_1"]})")}),
              (Names{"a_1", "b_1", "b_1"}));
    EXPECT_EQ(unfinished_in_storage({answer(R"({"building": ["a_1"]})"), answer("{}")}), std::nullopt)
        << "an older server";
    EXPECT_EQ(unfinished_in_storage({answer(R"({"building": 1})")}), std::nullopt);
    EXPECT_EQ(unfinished_in_storage({}), std::nullopt);
}

TEST(Unfinished, InUsageIsToldOfAllThatIsListed) {
    const std::vector<bson::Document> statistics{answer(R"({"name": "_id_", "spec": {}})"),
                                                 answer(R"({"name": "a_1", "spec": {}})"),
                                                 answer(R"({"name": "b_1", "spec": {}, "building": true})")};
    EXPECT_EQ(unfinished_in_usage(statistics, {listed_index("a_1"), listed_index("b_1")}), Names{"b_1"});
    EXPECT_EQ(unfinished_in_usage(statistics, {listed_index("a_1"), listed_index("c_1")}), std::nullopt);
    EXPECT_EQ(unfinished_in_usage({}, {listed_index("a_1")}), std::nullopt) << "a time series";
    EXPECT_EQ(unfinished_in_usage({answer(R"({"name": "a_1"})")}, {listed_index("a_1")}), std::nullopt)
        << "an older server";
    EXPECT_EQ(unfinished_in_usage({}, {listed_id_index()}), Names{});
}

// As MongoDB 5.0 shows them: the thread that builds names exactly what it builds.
const std::string builder =
    R"({"desc": "IndexBuildsCoordinatorMongod-0", "ns": "t.c", "command": {"createIndexes": "c",
        "indexes": [{"v": 2, "key": {"a": 1}, "name": "a_1"}, {"v": 2, "key": {"b": 1}, "name": "b_1"}]}})";
const std::string client =
    R"({"desc": "conn7", "ns": "t.c", "command": {"createIndexes": "c",
        "indexes": [{"key": {"old": 1}, "name": "old_1"}, {"key": {"a": 1}, "name": "a_1"}]}})";

std::vector<BuildOperation> seen(const std::vector<std::string>& operations) {
    std::vector<bson::Document> documents;
    for (const std::string& each : operations) documents.push_back(answer(each));
    return build_operations(documents, "t");
}

TEST(Unfinished, OperationsAreThoseOfBuildsInTheDatabase) {
    const auto builds = seen({builder, client, R"({"ns": "t.c", "command": {"find": "c"}})",
                              R"({"ns": "other.c", "command": {"createIndexes": "c"}})",
                              R"({"ns": "t.$cmd", "command": {"createIndexes": "d"}})",
                              R"({"desc": "IndexBuildsCoordinatorMongod-1", "ns": "t.system.buckets.s"})"});
    ASSERT_EQ(builds.size(), 4U);
    EXPECT_EQ(builds[0].of, Of::builder);
    EXPECT_EQ(builds[0].indexes, (Names{"a_1", "b_1"}));
    EXPECT_EQ(builds[1].of, Of::client);
    EXPECT_EQ(builds[2].collection, "d");
    EXPECT_EQ(builds[3].collection, "s");
}

TEST(Unfinished, InOperationsIsWhatBuildersName) {
    EXPECT_EQ(unfinished_in_operations(seen({client, builder}), "c"), (Names{"a_1", "b_1"}));
    EXPECT_EQ(unfinished_in_operations(seen({builder}), "c"), (Names{"a_1", "b_1"}));
    EXPECT_EQ(unfinished_in_operations(seen({client, builder}), "d"), Names{});
    EXPECT_EQ(unfinished_in_operations({}, "c"), Names{});
}

TEST(Unfinished, InOperationsIsUnknownWhereNoBuilderNamesIt) {
    EXPECT_EQ(unfinished_in_operations(seen({client}), "c"), std::nullopt) << "it begins, or ends";
    const std::string other = R"({"desc": "conn8", "ns": "t.c", "command": {"createIndexes": "c",
        "indexes": [{"key": {"z": 1}, "name": "z_1"}]}})";
    EXPECT_EQ(unfinished_in_operations(seen({client, builder, other}), "c"), std::nullopt);
    const std::string cut_short =
        R"({"desc": "IndexBuildsCoordinatorMongod-0", "ns": "t.c", "command": {"$truncated": "{ createIndexes"}})";
    EXPECT_EQ(unfinished_in_operations(seen({cut_short}), "c"), std::nullopt);
}

}  // namespace
}  // namespace mim::target
