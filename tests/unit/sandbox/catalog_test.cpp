#include "sandbox/catalog/catalog.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "sandbox/catalog/bucket_form.hpp"
#include "sandbox/catalog/description.hpp"
#include "sandbox/catalog/index_keys.hpp"
#include "sandbox/catalog/listed_index.hpp"
#include "sandbox/catalog/new_index.hpp"
#include "sandbox/cursors.hpp"

namespace mim::sandbox::catalog {
namespace {

bson::Document json(std::string_view text) {
    return bson::parse_json(text).value();
}
index::Spec spec(std::string_view text) {
    return index::Spec::from_document(json(text));
}

struct KeyCase {
    const char* spec;
    const char* document;
    std::vector<const char*> keys;  // as Extended JSON
};

class KeyCases : public testing::TestWithParam<KeyCase> {};

TEST_P(KeyCases, AreThoseOfMongoDB) {
    const auto keys = index_keys(spec(GetParam().spec), json(GetParam().document));
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->size(), GetParam().keys.size());
    for (std::size_t at = 0; at < keys->size(); ++at)
        EXPECT_TRUE(bson::equal_by_value((*keys)[at].key_value.view(), json(GetParam().keys[at]).view()))
            << bson::to_json((*keys)[at].key_value);
}

INSTANTIATE_TEST_SUITE_P(
    Table, KeyCases,
    testing::Values(
        KeyCase{R"({"key": {"a": 1}, "name": "n"})", R"({"a": 5})", {R"({"a": 5})"}},
        KeyCase{R"({"key": {"a": 1}, "name": "n"})", "{}", {R"({"a": null})"}},
        KeyCase{R"({"key": {"a": 1}, "name": "n"})", R"({"a": [1, 2, 1]})", {R"({"a": 1})", R"({"a": 2})"}},
        KeyCase{R"({"key": {"a": 1}, "name": "n"})", R"({"a": []})", {R"({"a": null})"}},
        KeyCase{R"({"key": {"a.b": 1, "c": 1}, "name": "n"})",
                R"({"a": [{"b": 1}, {"b": 2}], "c": 3})",
                {R"({"a.b": 1, "c": 3})", R"({"a.b": 2, "c": 3})"}},
        KeyCase{R"({"key": {"a.b": 1, "a.c": 1}, "name": "n"})",
                R"({"a": [{"b": 1, "c": 2}, {"b": 3, "c": 4}]})",
                {R"({"a.b": 1, "a.c": 2})", R"({"a.b": 3, "a.c": 4})"}},
        KeyCase{R"({"key": {"a": 1}, "name": "n", "sparse": true})", R"({"b": 1})", {}},
        KeyCase{R"({"key": {"a": 1, "b": 1}, "name": "n", "sparse": true})",
                R"({"b": 1})",
                {R"({"a": null, "b": 1})"}},
        KeyCase{R"({"key": {"a": 1}, "name": "n", "partialFilterExpression": {"b": {"$gt": 1}}})",
                R"({"a": 1, "b": 1})",
                {}}));

TEST(IndexKeys, ParallelArraysAreRefused) {
    const auto keys =
        index_keys(spec(R"({"key": {"a": 1, "b": 1}, "name": "n"})"), json(R"({"a": [1], "b": [2]})"));
    EXPECT_EQ(keys.error().code, 171);
}

TEST(IndexKeys, ACollationThatIgnoresCaseMakesThemEqual) {
    const auto folding =
        spec(R"({"key": {"a": 1}, "name": "n", "collation": {"locale": "en", "strength": 2}})");
    EXPECT_EQ(index_keys(folding, json(R"({"a": "X"})"))->front().text,
              index_keys(folding, json(R"({"a": "x"})"))->front().text);
}

TEST(Catalog, CollectionsAreBornWithTheirIndexes) {
    Catalog catalog({7, 0}, system_clock());
    EXPECT_EQ(catalog.create({"t", "plain"}, {}).indexes().front().spec.name, "_id_");
    index::CollectionTraits series;
    series.kind = index::CollectionKind::time_series;
    series.options = json(R"({"timeseries": {"timeField": "t", "metaField": "m"}})");
    EXPECT_EQ(catalog.create({"t", "series"}, series).indexes().front().spec.name, "m_1_t_1");
    index::CollectionTraits clustered;
    clustered.options =
        json(R"({"clusteredIndex": {"v": 2, "key": {"_id": 1}, "name": "mine", "unique": true}})");
    const auto& entry = catalog.create({"t", "clustered"}, clustered).indexes().front();
    EXPECT_EQ(entry.spec.name, "mine");
    EXPECT_TRUE(entry.spec.options.find("clustered")->truthy());
    EXPECT_EQ(catalog_entries(catalog, "t").size(), 4U);  // the buckets, too
}

TEST(Catalog, RenamingAndDroppingLeaveNothingBehind) {
    Catalog catalog({7, 0}, system_clock());
    catalog.create({"a", "x"}, {});
    catalog.rename({"a", "x"}, {"b", "y"});
    EXPECT_EQ(catalog.databases().count("a"), 0U);
    EXPECT_EQ(catalog.find({"b", "y"})->full_name(), "b.y");
    catalog.drop({"b", "y"});
    EXPECT_TRUE(catalog.databases().empty());
}

TEST(Collection, UniqueIndexesAreEnforcedAlsoAfterDeletes) {
    Catalog catalog({7, 0}, system_clock());
    auto& collection = catalog.create({"t", "c"}, {});
    collection.add_index(
        {spec(R"({"key": {"a": 1}, "name": "a_1", "unique": true})"), IndexEntry::State::ready, {}, 0, {}});
    EXPECT_TRUE(collection.insert(json(R"({"_id": 1, "a": 1})")));
    const auto refused = collection.insert(json(R"({"_id": 2, "a": 1.0})"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, 11000);
    EXPECT_TRUE(refused.error().details.contains("keyPattern"));
    EXPECT_FALSE(collection.insert(json(R"({"_id": 1, "a": 2})")));
    EXPECT_TRUE(collection.replace_all({}));
    EXPECT_TRUE(collection.insert(json(R"({"_id": 2, "a": 1})")));
}

struct Held {
    const char* index;
    const char* document;
    int code;  // 0 = taken
};

TEST(Indexable, TellsWhatAnIndexCannotHold) {
    const char* const sphere = R"({"key": {"l": "2dsphere"}, "name": "n"})";
    const char* const compound =
        R"({"key": {"a": 1, "$**": 1}, "name": "n", "wildcardProjection": {"a": 0}})";
    for (
        const auto& held :
        {Held{sphere, R"({"l": "here"})", 16755}, Held{sphere, R"({"l": [1]})", 16755},
         Held{sphere, R"({"l": [181, 0]})", 16755},
         Held{sphere, R"({"l": {"type": "Dot", "coordinates": [1, 2]}})", 16755},
         Held{sphere, R"({"l": {"type": "Polygon", "coordinates": [1, 2]}})", 16755},
         Held{sphere, R"({"l": {"type": "Point", "coordinates": [1, 2]}})", 0},
         Held{sphere, R"({"l": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}})", 0},
         Held{
             sphere,
             R"({"l": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}})",
             0},
         Held{sphere, R"({"l": [1, 2]})", 0}, Held{sphere, R"({"l": {"x": 1, "y": 2}})", 0},
         Held{sphere, R"({"l": null})", 0}, Held{sphere, R"({})", 0},
         Held{compound, R"({"a": [1, 2], "b": 5})", 7246301}, Held{compound, R"({"a": 1, "b": [5]})", 0}}) {
        const auto verdict = check_indexable(spec(held.index), json(held.document));
        EXPECT_EQ(held.code, verdict ? 0 : verdict.error().code) << held.index << held.document;
    }
}

TEST(NewIndex, HasItsProjectionInNormalFormBefore7) {
    const auto sent = json(
        R"({"key": {"$**": 1}, "name": "n", "wildcardProjection": {"b.y": 1, "a": {"c": 5}, "b.x": true}})");
    const auto projection = [&](index::ServerVersion version) {
        return bson::to_json(*new_index(sent, {version, {}}).options.find("wildcardProjection")->document(),
                             bson::JsonForm::relaxed);
    };
    const std::string normal = R"({ "_id" : false, "a" : { "c" : true }, "b" : { "x" : true, "y" : true } })";
    EXPECT_EQ(normal, projection({5, 0}));
    EXPECT_EQ(normal, projection({6, 0}));
    EXPECT_EQ(bson::to_json(*sent.find("wildcardProjection")->document(), bson::JsonForm::relaxed),
              projection({7, 0}));
}

TEST(ListedIndex, TypesAndOrderFollowTheSchemaFrom5) {
    const auto index = spec(
        R"({"key": {"a": 1}, "name": "n", "sparse": 1, "expireAfterSeconds": {"$numberDouble": "5.5"}, "v": 2})");
    EXPECT_EQ(bson::to_json(listed_form(index, {7, 0})),
              bson::to_json(json(
                  R"({"v": 2, "key": {"a": 1}, "name": "n", "sparse": true, "expireAfterSeconds": 5})")));
    EXPECT_EQ(listed_form(index, {4, 4}), raw_form(index));
}

TEST(BucketForm, TimeMetaAndMeasurementsAreRewritten) {
    index::CollectionTraits traits;
    traits.kind = index::CollectionKind::time_series;
    traits.options = json(R"({"timeseries": {"timeField": "t", "metaField": "m"}})");
    const auto form =
        bucket_form(spec(R"({"key": {"m.k": 1, "t": -1, "x": 1, "p": "2dsphere"}, "name": "n"})"), traits);
    EXPECT_EQ(
        bson::to_json(form.key),
        bson::to_json(json(R"({"meta.k": 1, "control.max.t": -1, "control.min.t": -1, "control.min.x": 1,
                                     "control.max.x": 1, "data.p": "2dsphere_bucket"})")));
}

TEST(Cursors, GiveBatchesAndForgetWhatIsRead) {
    Cursors cursors;
    const auto opened =
        cursors.open("t.c", {json(R"({"a": 1})"), json(R"({"a": 2})"), json(R"({"a": 3})")}, 2);
    const auto id = *opened.find("cursor")->document()->find("id")->integer();
    ASSERT_NE(id, 0);
    EXPECT_EQ(cursors.next(id, "t.other", 1).error().code, 13);
    const auto last = cursors.next(id, "t.c", 5);
    ASSERT_TRUE(last);
    EXPECT_EQ(last->find("cursor")->document()->find("id")->integer(), 0);
    EXPECT_EQ(cursors.next(id, "t.c", 1).error().code, 43);
    EXPECT_EQ(cursors.size(), 0U);
}

}  // namespace
}  // namespace mim::sandbox::catalog
