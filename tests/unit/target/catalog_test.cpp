#include "target/catalog.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "target/server_facts.hpp"

namespace mim::target {
namespace {

using index::CollectionKind;
using State = index::LiveIndex::State;

bson::Document catalog_json(const std::string& json) {
    return bson::parse_json(json).value();
}

std::optional<index::LiveCollection> entry_with(const std::string& options, const std::string& indexes) {
    return from_catalog(
        catalog_json(R"({"db": "t", "name": "c", "type": "collection", "ns": "t.c", "md": {"ns": "t.c",
        "options": {"uuid": {"$uuid": "00112233-4455-6677-8899-aabbccddeeff"})" +
                     options + R"(}, "indexes": [)" + indexes + R"(]}, "idxIdent": {}})"));
}

std::string index_entry(const std::string& fields, const std::string& ready = "true") {
    return R"({"spec": {"v": 2, "key": {"a": 1}, "name": "a_1")" + fields + R"(}, "ready": )" + ready +
           R"(, "multikey": false, "head": {"$numberLong": "0"}, "backgroundSecondary": false})";
}

TEST(Catalog, TypesAndOrderAreThoseOfAListing) {
    const auto found = entry_with(
        "", index_entry(R"(, "sparse": 1, "expireAfterSeconds": {"$numberLong": "3600"}, "unique": true,
                             "bits": {"$numberDouble": "26.0"}, "min": 5)"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->name, "c");
    EXPECT_EQ(found->traits.kind, CollectionKind::ordinary);
    EXPECT_TRUE(found->traits.options.empty());
    ASSERT_EQ(found->indexes.size(), 1U);
    EXPECT_EQ(found->indexes[0].spec.options,
              catalog_json(R"({"v": 2, "unique": true, "sparse": true, "expireAfterSeconds": 3600, "bits": 26,
                               "min": {"$numberDouble": "5.0"}})"));
    EXPECT_EQ(found->indexes[0].spec.key, catalog_json(R"({"a": 1})"));
}

TEST(Catalog, WhatIsNotReadyIsBeingBuilt) {
    EXPECT_EQ(entry_with("", index_entry(""))->indexes.at(0).state, State::ready);
    EXPECT_EQ(entry_with("", index_entry("", "false"))->indexes.at(0).state, State::building);
}

TEST(Catalog, OptionsAreKeptWithoutTheUuid) {
    const auto found = entry_with(R"(, "capped": true, "size": 4096, "collation": {"locale": "en"})", "");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->traits.options,
              catalog_json(R"({"capped": true, "size": 4096, "collation": {"locale": "en"}})"));
}

TEST(Catalog, WhatAListingMightTellOtherwiseIsLeftToTheListing) {
    EXPECT_FALSE(entry_with(R"(, "clusteredIndex": {"v": 2, "key": {"_id": 1}})", ""));
    EXPECT_FALSE(entry_with(R"(, "timeseries": {"timeField": "t"})", ""));
    EXPECT_FALSE(entry_with(R"(, "somethingNew": 1)", ""));
    EXPECT_FALSE(entry_with("", index_entry(R"(, "somethingNew": 1)")));
    EXPECT_FALSE(entry_with("", index_entry(R"(, "expireAfterSeconds": {"$numberDouble": "NaN"})")));
    EXPECT_FALSE(entry_with("", index_entry(R"(, "expireAfterSeconds": {"$numberLong": "9999999999"})")));
    EXPECT_FALSE(entry_with("", index_entry(R"(, "unique": "yes")")));
    EXPECT_FALSE(entry_with("", index_entry("", "1"))) << "ready must be said plainly";
    EXPECT_FALSE(entry_with("", R"({"ready": true})"));
    EXPECT_FALSE(
        from_catalog(catalog_json(R"({"db": "t", "name": "s", "type": "timeseries", "viewOn": "x"})")));
    EXPECT_FALSE(from_catalog(catalog_json(R"({"db": "t", "name": "c", "type": "collection"})")));
    EXPECT_FALSE(from_catalog(catalog_json(R"({"db": "t", "name": "v", "type": "view", "viewOn": "c",
        "pipeline": [], "collation": {"locale": "en"}})")));
}

TEST(Catalog, AViewIsWhatItIsMadeOf) {
    const auto view =
        from_catalog(catalog_json(R"({"db": "t", "name": "v", "type": "view", "ns": "t.v", "_id": "t.v",
        "viewOn": "c", "pipeline": [{"$match": {"a": 1}}]})"));
    ASSERT_TRUE(view);
    EXPECT_EQ(view->traits.kind, CollectionKind::view);
    EXPECT_EQ(view->traits.options, catalog_json(R"({"viewOn": "c", "pipeline": [{"$match": {"a": 1}}]})"));
}

TEST(ServerFacts, ARouterAndAMemberSaySo) {
    const auto router = facts_of(catalog_json(R"({"msg": "isdbgrid", "maxWireVersion": 21})"));
    EXPECT_EQ(router.role, ServerFacts::Role::router);
    EXPECT_EQ(router.wire_version, 21);
    EXPECT_EQ(facts_of(catalog_json(R"({"setName": "rs"})")).role, ServerFacts::Role::member);
    EXPECT_EQ(facts_of(catalog_json(R"({"isWritablePrimary": true})")).role, ServerFacts::Role::standalone);
}

}  // namespace
}  // namespace mim::target
