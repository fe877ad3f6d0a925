#include "target/listing.hpp"

#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "drivers/mongoc/uri.hpp"
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

index::LiveIndex index_of(const char* json) {
    ListedIndexes indexes;
    add_index(doc(json).view(), indexes);
    EXPECT_TRUE(indexes.unreadable.empty());
    return indexes.readable.at(0);
}

TEST(Listing, MoreIndexesThanACollectionCanHaveAreNotLookedAt) {
    EXPECT_FALSE(why_too_many("orders", 512));
    const auto refused = why_too_many("orders", 513);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code, ErrorCode::target_refused);
    EXPECT_EQ(refused->message,
              "the target lists 513 indexes of the collection orders, where at most 512 are looked at");
}

TEST(Listing, IndexesPlainAndUnfinished) {
    const auto plain = index_of(R"({"v": 2, "key": {"a": 1}, "name": "a_1", "unique": true})");
    EXPECT_EQ(plain.state, State::ready);
    EXPECT_EQ(plain.spec.name, "a_1");
    const auto unfinished =
        index_of(R"({"spec": {"v": 2, "key": {"a": 1}, "name": "a_1"}, "buildUUID": "x"})");
    EXPECT_EQ(unfinished.state, State::building);
    EXPECT_EQ(unfinished.spec.key, plain.spec.key);
    EXPECT_EQ(index_of(R"({"spec": {"key": {"a": 1}, "name": "a_1"}})").state, State::ready);
    EXPECT_EQ(index_of(R"({"spec": {"key": {"a": 1}, "name": "a_1"}, "indexBuildInfo": {}})").state,
              State::building);
}

TEST(Listing, WhatCannotBeReadStandsApartCleanAndShort) {
    ListedIndexes indexes;
    const bson::Document key = bson::Builder().add("a", 1).take();
    for (const std::string& name : {std::string("b\xff"), std::string("*"), std::string(3'000'000, 'x')})
        add_index(bson::Builder().add("key", key).add("name", name).take().view(), indexes);
    add_index(doc(R"({"spec": {"key": {"a": 1}, "name": ""}, "buildUUID": "x"})").view(), indexes);
    EXPECT_TRUE(indexes.readable.empty());
    ASSERT_EQ(indexes.unreadable.size(), 4U);
    EXPECT_EQ(indexes.unreadable[0].name, "b\\xff");
    EXPECT_EQ(indexes.unreadable[1].name, "*");
    EXPECT_EQ(indexes.unreadable[2].name.size(), 1'024U);
    EXPECT_TRUE(indexes.unreadable[2].name.starts_with("xx") && indexes.unreadable[2].name.ends_with("xx"));
    EXPECT_EQ(indexes.unreadable[3].reason, "its name is empty");
}

TEST(Listing, ACollectionWithoutAProperNameIsToldNotAsked) {
    const auto found = to_collection(bson::Builder().add("name", "c\xff").take().view());
    EXPECT_EQ(found.name, "c\\xff");
    EXPECT_TRUE(found.indexes.empty());
    ASSERT_EQ(found.unreadable_indexes.size(), 1U);
    EXPECT_EQ(found.unreadable_indexes[0].reason, "the name of its collection is not UTF-8");
}

TEST(ShardReplies, AnyShardsRefusalIsTheOutcome) {
    EXPECT_TRUE(check_shards(doc(R"({"ok": 1})").view(), "createIndexes", {}));
    EXPECT_TRUE(check_shards(
        doc(R"({"ok": 1, "raw": {"s1/h:1": {"ok": 1}, "s2/h:2": {"ok": 1.0, "note": "x"}}})").view(),
        "createIndexes", {}));
    const auto partial = check_shards(
        doc(R"({"ok": 1, "raw": {"s1/h:1": {"ok": 1}, "s2/h:2": {"ok": 0, "code": 85, "codeName": "IndexOptionsConflict", "errmsg": "differs"}}})")
            .view(),
        "createIndexes", {});
    ASSERT_FALSE(partial);
    EXPECT_EQ(partial.error().code, ErrorCode::target_refused);
    EXPECT_EQ(partial.error().server, (ServerReply{85, "IndexOptionsConflict", "differs"}));
    EXPECT_EQ(partial.error().message,
              "createIndexes: differs (shard s2/h:2; other shards may have done their part)");
    const auto rights =
        check_shards(doc(R"({"ok": 1, "raw": {"s1": {"ok": 0, "code": 13, "errmsg": "no"}}})").view(),
                     "createIndexes", {});
    EXPECT_EQ(rights.error().code, ErrorCode::target_not_authorised);
}

TEST(ShardReplies, WhatAShardRepeatsOfTheSignInIsHidden) {
    const auto uri =
        drivers::mongoc::Uri::parse(Secret("mongodb://ada:correct-horse@h/?authMechanism=PLAIN"));
    const auto refused = check_shards(
        doc(R"({"ok": 1, "raw": {"s1": {"ok": 0, "code": 2, "errmsg": "ada said correct-horse"}}})").view(),
        "dropIndexes", uri->secrets());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message,
              "dropIndexes: ada said *** (shard s1; other shards may have done their part)");
    EXPECT_EQ(refused.error().server->message, "ada said ***");
}

}  // namespace
}  // namespace mim::target
