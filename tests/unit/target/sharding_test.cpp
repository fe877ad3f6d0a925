#include "target/sharding.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"

namespace mim::target {
namespace {

bson::Document sharding_json(const char* json) {
    return bson::parse_json(json).value();
}

index::LiveCollection collection_named(const std::string& name) {
    index::LiveCollection collection;
    collection.name = name;
    return collection;
}

TEST(ShardKeys, GoToTheirCollections) {
    std::vector<index::LiveCollection> collections{collection_named("a"), collection_named("a.b"),
                                                   collection_named("c")};
    add_shard_keys({sharding_json(R"({"_id": "t.a", "key": {"x": 1}})"),
                    sharding_json(R"({"_id": "t.a.b", "key": {"y": "hashed"}})"),
                    sharding_json(R"({"_id": "t2.c", "key": {"z": 1}})"),
                    sharding_json(R"({"_id": "t.gone", "key": {"z": 1}})")},
                   "t", collections);
    EXPECT_EQ(collections[0].traits.shard_key, sharding_json(R"({"x": 1})"));
    EXPECT_EQ(collections[1].traits.shard_key, sharding_json(R"({"y": "hashed"})"));
    EXPECT_EQ(collections[2].traits.shard_key, std::nullopt);
}

TEST(ShardKeys, DroppedAndUnsplittableOnesHaveNone) {
    std::vector<index::LiveCollection> collections{collection_named("a"), collection_named("b")};
    add_shard_keys({sharding_json(R"({"_id": "t.a", "key": {"_id": 1}, "unsplittable": true})"),
                    sharding_json(R"({"_id": "t.b", "key": {"x": 1}, "dropped": true})")},
                   "t", collections);
    EXPECT_EQ(collections[0].traits.shard_key, std::nullopt);
    EXPECT_EQ(collections[1].traits.shard_key, std::nullopt);
}

TEST(ShardKeys, OfATimeSeriesAreTurnedIntoTheUsersFields) {
    std::vector<index::LiveCollection> collections{collection_named("s")};
    collections[0].traits.kind = index::CollectionKind::time_series;
    collections[0].traits.options = sharding_json(R"({"timeseries": {"timeField": "ts", "metaField": "m"}})");
    add_shard_keys(
        {sharding_json(R"({"_id": "t.system.buckets.s", "key": {"meta.x": 1, "control.min.ts": 1}})")}, "t",
        collections);
    EXPECT_EQ(collections[0].traits.shard_key, sharding_json(R"({"m.x": 1, "ts": 1})"));
}

}  // namespace
}  // namespace mim::target
