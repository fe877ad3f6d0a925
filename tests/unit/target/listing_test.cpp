#include "target/listing.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "target/shard_replies.hpp"

namespace mim::target {
namespace {

using index::CollectionKind;
using State = index::LiveIndex::State;

bson::Document doc(const char* json) {
    return bson::parse_json(json).value();
}

TEST(Listing, CollectionsByKind) {
    const auto plain = to_collection(
        doc(R"({"name": "c", "type": "collection", "options": {"capped": true, "size": 4096}, "info": {"readOnly": false}})")
            .view());
    EXPECT_EQ(plain.name, "c");
    EXPECT_EQ(plain.traits.kind, CollectionKind::ordinary);
    EXPECT_TRUE(plain.traits.capped());
    EXPECT_EQ(
        to_collection(doc(R"({"name": "v", "type": "view", "options": {"viewOn": "c"}})").view()).traits.kind,
        CollectionKind::view);
    EXPECT_EQ(to_collection(doc(R"({"name": "t", "type": "timeseries"})").view()).traits.kind,
              CollectionKind::time_series);
    EXPECT_EQ(to_collection(doc(R"({"name": "old"})").view()).traits.kind, CollectionKind::ordinary);
}

TEST(Listing, IndexesPlainAndUnfinished) {
    const auto plain = to_index(doc(R"({"v": 2, "key": {"a": 1}, "name": "a_1", "unique": true})").view());
    EXPECT_EQ(plain.state, State::ready);
    EXPECT_EQ(plain.spec.name, "a_1");
    const auto unfinished =
        to_index(doc(R"({"spec": {"v": 2, "key": {"a": 1}, "name": "a_1"}, "buildUUID": "x"})").view());
    EXPECT_EQ(unfinished.state, State::building);
    EXPECT_EQ(unfinished.spec.key, plain.spec.key);
    EXPECT_EQ(to_index(doc(R"({"spec": {"key": {"a": 1}, "name": "a_1"}})").view()).state, State::ready);
    EXPECT_EQ(
        to_index(doc(R"({"spec": {"key": {"a": 1}, "name": "a_1"}, "indexBuildInfo": {}})").view()).state,
        State::building);
}

TEST(ShardReplies, AnyShardsRefusalIsTheOutcome) {
    EXPECT_TRUE(check_shards(doc(R"({"ok": 1})").view(), "createIndexes"));
    EXPECT_TRUE(check_shards(
        doc(R"({"ok": 1, "raw": {"s1/h:1": {"ok": 1}, "s2/h:2": {"ok": 1.0, "note": "x"}}})").view(),
        "createIndexes"));
    const auto partial = check_shards(
        doc(R"({"ok": 1, "raw": {"s1/h:1": {"ok": 1}, "s2/h:2": {"ok": 0, "code": 85, "codeName": "IndexOptionsConflict", "errmsg": "differs"}}})")
            .view(),
        "createIndexes");
    ASSERT_FALSE(partial);
    EXPECT_EQ(partial.error().code, ErrorCode::target_refused);
    EXPECT_EQ(partial.error().server, (ServerReply{85, "IndexOptionsConflict", "differs"}));
    EXPECT_EQ(partial.error().message,
              "createIndexes: differs (shard s2/h:2; other shards may have done their part)");
    const auto rights = check_shards(
        doc(R"({"ok": 1, "raw": {"s1": {"ok": 0, "code": 13, "errmsg": "no"}}})").view(), "createIndexes");
    EXPECT_EQ(rights.error().code, ErrorCode::target_not_authorised);
}

}  // namespace
}  // namespace mim::target
