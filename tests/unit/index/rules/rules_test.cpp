// Rules and versions that no golden vector reaches.
#include "index/rules/rules.hpp"

#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"
#include "unit/index/rules/specs.hpp"

namespace mim::index::testing {
namespace {

struct Case {
    std::string_view spec;
    int code;  // 0 = taken
    std::string_view field;
    ServerVersion version{7, 0};
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.spec << " at " << one.version.text();
}

class Rules : public ::testing::TestWithParam<Case> {};

TEST_P(Rules, Answer) {
    const auto rejection = check_document(document(GetParam().spec), {GetParam().version, {}});
    ASSERT_EQ(GetParam().code, rejection ? rejection->code : 0) << (rejection ? rejection->message : "taken");
    EXPECT_EQ(GetParam().field, rejection ? rejection->field : "");
}

INSTANTIATE_TEST_SUITE_P(
    Keys, Rules,
    ::testing::Values(Case{R"({"key":{"a":"geoHaystack"},"name":"n"})", 67, "key.a"},
                      Case{R"({"key":{"$**":"columnstore"},"name":"n"})", 238, "key.$**"},
                      Case{R"({"key":{"a":"wildcard"},"name":"n"})", 7246202, "key.a"},
                      Case{R"({"key":{"a":"wildcard"},"name":"n"})", 67, "key.a", {6, 0}},
                      Case{R"({"key":{"$**":"wildcard"},"name":"n"})", 67, "key.$**"},
                      Case{R"({"key":{"a.$id":1},"name":"n"})", 0, ""},
                      Case{R"({"key":{"$id":1},"name":"n"})", 67, "key.$id"},
                      Case{R"({"key":{"$**":1,"t":"text"},"name":"n"})", 67, "key.$**"},
                      Case{R"({"key":{"$**":1,"t":"text"},"name":"n"})", 67, "key.$**", {5, 0}},
                      Case{R"({"key":{"l":"2d","$**":1},"name":"n"})", 67, "key.$**"},
                      Case{R"({"key":{"l":"2d","$**":-1},"name":"n"})", 0, "", {5, 0}},
                      Case{R"({"key":{"h":"hashed","$**":1},"name":"n"})", 0, "", {5, 0}},
                      Case{R"({"key":{"l":"2d","b.$**":1},"name":"n"})", 67, "key.b.$**", {5, 0}},
                      Case{R"({"key":{"a":1,"l":"2d"},"name":"n"})", 16801, "key.l"},
                      Case{R"({"key":{"a":"hashed"},"name":"n","unique":true})", 16764, "unique"},
                      Case{R"({"key":{"a":1,"h":"hashed"},"name":"n"})", 0, ""},
                      Case{R"({"key":{"a":{"$numberDecimal":"NaN"}},"name":"n"})", 67, "key.a"},
                      Case{R"({"key":{"a":2,"t":"text"},"name":"n"})", 67, "key.a"},
                      Case{R"({"key":{"a":-1.9,"t":"text"},"name":"n"})", 0, ""},
                      Case{R"({"key":{"a":0.5,"t":"text"},"name":"n"})", 67, "key.a"},
                      Case{R"({"key":{"t":"text","a":{"$numberDecimal":"0.6"}},"name":"n"})", 0, ""},
                      Case{R"({"key":{"t":"text","a":{"$numberDecimal":"1.5"}},"name":"n"})", 67, "key.a"},
                      Case{R"({"key":{"_fts":"text","_ftsx":1},"name":"n"})", 67, "weights"},
                      Case{R"({"key":{"_fts":"text","_ftsx":1},"name":"n","weights":{"a":1}})", 0, ""},
                      Case{R"({"key":{"_ftsx":1,"t":"text"},"name":"n"})", 67, "key._ftsx"},
                      Case{R"({"key":{"a.$**":1,"b":1},"name":"n"})", 0, ""},
                      Case{R"({"key":{"a.$**":1,"a.b":1},"name":"n"})", 7246204, "key.a.b"},
                      Case{R"({"key":{"a.$**":1,"ab":1},"name":"n"})", 0, ""},
                      Case{R"({"key":{"a.$**":1,"b":1},"name":"n"})", 67, "key", {6, 0}}));

INSTANTIATE_TEST_SUITE_P(
    Options, Rules,
    ::testing::Values(
        Case{R"({"key":{"a":1},"name":"n","hidden":true})", 197, "hidden", {4, 2}},
        Case{R"({"key":{"a":1},"name":"n","hidden":1})", 14, "hidden"},
        Case{R"({"key":{"a":1},"name":"n","prepareUnique":true})", 197, "prepareUnique", {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","v":"2"})", 14, "v"},
        Case{R"({"key":{"a":1},"name":"n","sparse":false,"partialFilterExpression":{}})", 0, ""},
        Case{R"({"key":{"a":"2d"},"name":"n","bits":0})", 72, "bits"},
        Case{R"({"key":{"a":"2d"},"name":"n","min":5,"max":5})", 72, "min"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","2dsphereIndexVersion":4})", 67, "2dsphereIndexVersion"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","coarsestIndexedLevel":-1})", 16747,
             "coarsestIndexedLevel"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","finestIndexedLevel":31})", 16748, "finestIndexedLevel"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","coarsestIndexedLevel":9,"finestIndexedLevel":8})", 16749,
             "finestIndexedLevel"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","coarsestIndexedLevel":16})", 0, ""},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","coarsestIndexedLevel":17})", 16749, "finestIndexedLevel"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","finestIndexedLevel":1})", 16749, "finestIndexedLevel"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","2dsphereIndexVersion":2,"coarsestIndexedLevel":15})",
             16749, "finestIndexedLevel"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","2dsphereIndexVersion":2,"finestIndexedLevel":7})", 0, ""},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","finestIndexedLevel":2.5})", 2, "finestIndexedLevel"},
        Case{R"({"key":{"a":"2dsphere"},"name":"n","coarsestIndexedLevel":2.0})", 0, ""},
        Case{R"({"key":{"a":1},"name":"n","default_language":"klingon"})", 0, ""},
        Case{R"({"key":{"a":"text"},"name":"n","default_language":"klingon"})", 67, "default_language"},
        Case{R"({"key":{"a":"text"},"name":"n","default_language":"English"})", 0, ""},
        Case{R"({"key":{"a":"text"},"name":"n","weights":["a"]})", 67, "weights"},
        Case{R"({"key":{"a":"text"},"name":"n","weights":5})", 14, "weights"},
        Case{R"({"key":{"a":1,"b":1},"name":"n","expireAfterSeconds":1})", 67, "expireAfterSeconds"},
        Case{R"({"key":{"_fts":"text","_ftsx":1},"name":"n","weights":{"a":1},"expireAfterSeconds":1})", 67,
             "expireAfterSeconds"},
        Case{R"({"key":{"a":"text"},"name":"n","weights":{"b":1},"expireAfterSeconds":1})", 0, ""},
        Case{R"({"key":{"a":1},"name":"n","bucketSize":1})", 0, "", {4, 4}},
        Case{R"({"key":{"a":1},"name":"n","bucketSize":1})", 67, "bucketSize", {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","bucketSize":1})", 0, "", {6, 0}},
        Case{R"({"key":{"a":1},"name":"n","storageEngine":{"wiredTiger":{}}})", 0, ""},
        Case{R"({"key":{"a":1},"name":"n","storageEngine":null})", 67, "storageEngine"},
        Case{R"({"key":{"a":1},"name":"n","storageEngine":[]})", 67, "storageEngine"},
        Case{R"({"key":{"a":1},"name":"n","originalSpec":{}})", 197, "originalSpec", {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","originalSpec":{}})", 0, "", {6, 0}},
        Case{
            R"({"key":{"a":1},"name":"n","columnstoreProjection":{}})", 197, "columnstoreProjection", {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","columnstoreProjection":{}})", 2, "columnstoreProjection"},
        Case{R"({"key":{"a":1},"name":"n","expireAfterSeconds":-0.5})", 67, "expireAfterSeconds"},
        Case{R"({"key":{"a":1},"name":"n","expireAfterSeconds":-0.5})", 0, "", {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","expireAfterSeconds":-1.0})", 67, "expireAfterSeconds", {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","storageEngine":{"wiredTiger":1}})", 2, "storageEngine.wiredTiger"},
        Case{R"({"key":{"a":1},"name":"n","storageEngine":{"wiredTiger":[]}})", 2,
             "storageEngine.wiredTiger"},
        Case{R"({"key":{"a":1},"name":"n","expireAfterSeconds":-1})", 67, "expireAfterSeconds"},
        Case{R"({"key":{"a":1},"name":"n","expireAfterSeconds":"1"})", 67, "expireAfterSeconds"},
        Case{R"({"key":{"a":1},"name":"*"})", 2, "name"},
        Case{R"({"key":{"_id":1},"name":"n","unique":true})", 197, "unique"},
        Case{R"({"key":{"_id":1},"name":"n","collation":{"locale":"en"}})", 2, "collation"}));

INSTANTIATE_TEST_SUITE_P(
    Filters, Rules,
    ::testing::Values(
        Case{
            R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$or":[{"a":1},{"$and":[{"b":1},{"$or":[{"c":1},{"d":1}]}]}]}})",
            0, ""},
        Case{
            R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$or":[{"a":1},{"$and":[{"b":1},{"$or":[{"c":1},{"d":1,"e":1}]}]}]}})",
            67, "partialFilterExpression"},
        Case{
            R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$and":[{"$and":[{"$and":[{"x":3}]}]}]}})",
            0, ""},
        Case{
            R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$and":[{"$and":[{"$and":[{"$and":[{"x":3}]}]}]}]}})",
            67, "partialFilterExpression"},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$and":[]}})", 2,
             "partialFilterExpression.$and"},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"a":{"$type":"text"}}})", 2,
             "partialFilterExpression.a.$type"},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$where":"this.a > 5"}})", 2,
             "partialFilterExpression.$where"},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"a":{"$near":[1,2]}}})", 2,
             "partialFilterExpression.a.$near"},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$expr":true}})", 224,
             "partialFilterExpression.$expr"},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"a":{"$in":5}}})", 2,
             "partialFilterExpression.a.$in"},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$and":[{"a":1},{"b":1}]}})",
             0,
             "",
             {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"c":1,"$and":[{"a":1},{"b":1}]}})",
             67,
             "partialFilterExpression.$and",
             {5, 0}}));

INSTANTIATE_TEST_SUITE_P(
    Collations, Rules,
    ::testing::Values(
        Case{R"({"key":{"a":1},"name":"n","collation":{"strength":2}})", 40414, "collation.locale"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en_GB"}})", 2, "collation.locale"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"xx"}})", 2, "collation.locale"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"de@collation=phonebook"}})", 0, ""},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":6}})", 2,
             "collation.strength"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":6}})",
             9,
             "collation.strength",
             {4, 4}},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","colour":1}})", 40415,
             "collation.colour"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","caseLevel":1}})", 14,
             "collation.caseLevel"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"simple","strength":2}})", 9,
             "collation.locale"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"simple","strength":2}})", 0, "", {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"simple","colour":2}})",
             40415,
             "collation.colour",
             {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"xx","colour":1}})", 40415,
             "collation.colour"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"xx","version":"9"}})", 2,
             "collation.locale"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","version":"9"}})", 161,
             "collation.version"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":null}})", 40414, "collation.locale"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":null,"caseLevel":null,
                 "caseFirst":null,"alternate":null,"maxVariable":null,"normalization":null,
                 "numericOrdering":null,"version":null}})",
             0, ""},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","backwards":null}})", 14,
             "collation.backwards"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":{"$numberDouble":"5.9"}}})",
             0, ""},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":{"$numberDouble":"0.9"}}})",
             2, "collation.strength"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":{"$numberDouble":"NaN"}}})",
             2, "collation.strength"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":{"$numberDecimal":"5.5"}}})",
             2, "collation.strength"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":6}})",
             51024,
             "collation.strength",
             {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","strength":0}})",
             2,
             "collation.strength",
             {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"fr_CA","strength":1}})", 2,
             "collation.backwards"},
        Case{R"({"key":{"a":1},"name":"n","collation":{"locale":"en","caseFirst":"upper","strength":1}})", 2,
             "collation.caseFirst"}));

// Each as MongoDB 5.0 answers it.
INSTANTIATE_TEST_SUITE_P(
    AllOfValues, Rules,
    ::testing::Values(
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":[1,2]}}})", 0, "", {5, 0}},
        Case{
            R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":[null,{"a":{"$gt":1}},[1]]}}})",
            0,
            "",
            {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":[{"$ref":"a","$id":1}]}}})",
             0,
             "",
             {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":[]}}})",
             67,
             "partialFilterExpression.x.$all",
             {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":5}}})",
             2,
             "partialFilterExpression.x.$all",
             {5, 0}},
        Case{
            R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":[{"$elemMatch":{"b":1}}]}}})",
            67,
            "partialFilterExpression.x.$all",
            {5, 0}},
        Case{
            R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":[1,{"$elemMatch":{"b":1}}]}}})",
            2,
            "partialFilterExpression.x.$all",
            {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":[{"$gt":1}]}}})",
             2,
             "partialFilterExpression.x.$all",
             {5, 0}},
        Case{
            R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$all":[{"$regularExpression":{"pattern":"a","options":""}}]}}})",
            67,
            "partialFilterExpression.x.$all",
            {5, 0}},
        // An AND of its own, so before 6.0 it stands alone.
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"y":1,"x":{"$all":[1,2]}}})",
             67,
             "partialFilterExpression.$and",
             {5, 0}},
        Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"y":1,"x":{"$all":[1,2]}}})", 0, ""}));

// What the parser of filters itself refuses.
INSTANTIATE_TEST_SUITE_P(
    WhatHasNoPlaceInAFilter, Rules,
    ::testing::Values(Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$where":"1"}})", 2,
                           "partialFilterExpression.$where"},
                      Case{
                          R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$text":{"$search":"a"}}})",
                          2, "partialFilterExpression.$text"},
                      Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"x":{"$near":[0,0]}}})", 2,
                           "partialFilterExpression.x.$near"},
                      Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$expr":{"$eq":[1,1]}}})",
                           224, "partialFilterExpression.$expr"},
                      Case{R"({"key":{"a":1},"name":"n","partialFilterExpression":{"$jsonSchema":{}}})", 224,
                           "partialFilterExpression.$jsonSchema"}));

INSTANTIATE_TEST_SUITE_P(
    Projections, Rules,
    ::testing::Values(
        Case{R"({"key":{"$**":1},"name":"n","wildcardProjection":{"a":0,"b":1}})", 31253,
             "wildcardProjection.b"},
        Case{R"({"key":{"$**":1},"name":"n","wildcardProjection":{"_id":1,"b":0}})", 0, ""},
        Case{R"({"key":{"$**":1},"name":"n","wildcardProjection":{"a":"x"}})", 51271, "wildcardProjection.a"},
        Case{R"({"key":{"$**":1},"name":"n","wildcardProjection":{"a":1,"a.b":0}})", 31249,
             "wildcardProjection.a.b"},
        Case{R"({"key":{"$**":1},"name":"n","wildcardProjection":{"a.b":1,"a":1}})", 31250,
             "wildcardProjection.a"},
        Case{R"({"key":{"$**":"text"},"name":"n","wildcardProjection":{"a":1}})", 2, "wildcardProjection"},
        Case{R"({"key":{"a":1,"$**":1},"name":"n","wildcardProjection":{"b":{"c":1}}})", 7246207,
             "wildcardProjection.b"},
        Case{R"({"key":{"a":1,"$**":1},"name":"n","wildcardProjection":{"b":1,"b.c":1}})", 7246200,
             "wildcardProjection.b.c"},
        Case{R"({"key":{"a":1,"$**":1},"name":"n","wildcardProjection":{"z":0}})", 7246209,
             "wildcardProjection"},
        Case{R"({"key":{"a":1,"$**":1},"name":"n","wildcardProjection":{"a":0,"b":0,"c":1,"d":1}})", 7246211,
             "wildcardProjection.c"}));

TEST(Rules, FieldsGivenTwiceAreRefused) {
    const auto key = document(R"({"a":1})");
    const auto twice =
        bson::Builder().add("key", key).add("name", "n").add("unique", true).add("unique", false).take();
    EXPECT_EQ(40413, check_document(twice, {}).value().code);
}

TEST(Rules, InheritedCollationStopsText) {
    const auto context = with_collection(CollectionKind::ordinary, R"({"collation":{"locale":"en"}})");
    EXPECT_EQ(67, check(spec_of(R"({"key":{"a":"text"}})"), context).value().code);
    EXPECT_FALSE(check(spec_of(R"({"key":{"a":"text"},"collation":{"locale":"simple"}})"), context));
}

TEST(Rules, TimeSeries) {
    const auto context =
        with_collection(CollectionKind::time_series, R"({"timeseries":{"timeField":"t","metaField":"m"}})");
    const auto code = [&](std::string_view json) {
        const auto rejection = check(spec_of(json), context);
        return rejection ? rejection->code : 0;
    };
    EXPECT_EQ(0,
              code(R"({"key":{"t":1},"expireAfterSeconds":5,"partialFilterExpression":{"m.k":{"$gt":1}}})"));
    EXPECT_EQ(72, code(R"({"key":{"t":1},"expireAfterSeconds":5,"partialFilterExpression":{"x":1}})"));
    EXPECT_EQ(72, code(R"({"key":{"t":1},"expireAfterSeconds":5})"));
    EXPECT_EQ(85, code(R"({"key":{"x":1},"collation":{"locale":"en"},"partialFilterExpression":{"x":1}})"));
    EXPECT_EQ(0, code(R"({"key":{"m":"hashed"}})"));
    EXPECT_EQ(0, code(R"({"key":{"x":"2dsphere"}})"));
    EXPECT_EQ(7246201, code(R"({"key":{"$**":1}})"));
    EXPECT_EQ(0, code(R"({"key":{"m.$**":1}})"));
}

TEST(Rules, TimeSeriesBefore6) {
    auto context =
        with_collection(CollectionKind::time_series, R"({"timeseries":{"timeField":"t","metaField":"m"}})");
    context.version = {5, 0};
    const auto code = [&](std::string_view json) {
        const auto rejection = check(spec_of(json), context);
        return rejection ? rejection->code : 0;
    };
    EXPECT_EQ(67, code(R"({"key":{"x":1},"unique":true})")) << "the measurement is seen first";
    EXPECT_EQ(67, code(R"({"key":{"x":"text"}})"));
    EXPECT_EQ(67, code(R"({"key":{"t":1},"expireAfterSeconds":5})"));
    EXPECT_EQ(72,
              code(R"({"key":{"m.a":1},"collation":{"locale":"en"},"partialFilterExpression":{"m.b":1}})"));
    EXPECT_EQ(0, code(R"({"key":{"m.a":1,"t":1}})"));
}

TEST(Rules, ACappedCollectionRefusedExpiryForSomeVersions) {
    auto context = with_collection(CollectionKind::ordinary, R"({"capped":true})");
    const auto spec = spec_of(R"({"key":{"d":1},"expireAfterSeconds":5})");
    for (const ServerVersion version : {ServerVersion{5, 2}, ServerVersion{7, 0}}) {
        context.version = version;
        EXPECT_EQ(67, check(spec, context).value().code) << version.text();
    }
    for (const ServerVersion version : {ServerVersion{5, 0}, ServerVersion{8, 0}}) {
        context.version = version;
        EXPECT_FALSE(check(spec, context)) << version.text();
    }
}

TEST(Accept, HiddenCountsFrom8On) {
    const std::vector<Spec> existing{spec_of(R"({"v":2,"key":{"a":1},"name":"n"})")};
    const auto hidden = spec_of(R"({"v":2,"key":{"a":1},"name":"n","hidden":true})");
    EXPECT_EQ(Acceptance::Kind::already_exists, accept(existing, hidden, at_version(7, 0)).kind);
    EXPECT_EQ(85, accept(existing, hidden, at_version(8, 0)).rejection.value().code);
}

TEST(Accept, ClusteredCollectionsAreTheirOwnIndex) {
    const auto context = with_collection(CollectionKind::ordinary,
                                         R"({"clusteredIndex":{"key":{"_id":1},"unique":true,"name":"pk"}})");
    EXPECT_EQ(Acceptance::Kind::already_exists,
              accept({}, stored_form(spec_of(R"({"key":{"_id":1}})"), context), context).kind);
    const auto taken = accept({}, stored_form(spec_of(R"({"key":{"a":1},"name":"pk"})"), context), context);
    EXPECT_EQ(6100906, taken.rejection.value().code);
}

TEST(Accept, NameIsAskedBeforeSignature) {
    const std::vector<Spec> existing{spec_of(R"({"v":2,"key":{"b":1},"name":"x"})"),
                                     spec_of(R"({"v":2,"key":{"a":1},"name":"n"})")};
    const auto both = spec_of(R"({"v":2,"key":{"b":1},"name":"n"})");
    EXPECT_EQ(86, accept(existing, both, {}).rejection.value().code);
}

TEST(Accept, SecondTextIndexWithTheSameStoredKeyIsAnOptionsConflict) {
    const std::vector<Spec> existing{stored_form(spec_of(R"({"key":{"a":"text"}})"), {})};
    EXPECT_EQ(
        85, accept(existing, stored_form(spec_of(R"({"key":{"b":"text"}})"), {}), {}).rejection.value().code);
}

TEST(Names, OfCollectionsAndDatabases) {
    for (const auto good : {"c", "a.b", "a.", "a..b", "with space", "quote\"d"})
        EXPECT_FALSE(check_collection_name(good)) << good;
    for (const auto bad : {"", "a$b", "system.views", ".a"})
        EXPECT_EQ(73, check_collection_name(bad).value().code) << bad;
    EXPECT_FALSE(check_database_name("shop-1"));
    for (const auto bad : {"", "a.b", "a b", "a/b", "a\\b", "a\"b", "a$b"})
        EXPECT_EQ(73, check_database_name(bad).value().code) << bad;
    EXPECT_TRUE(check_database_name(std::string(64, 'd')));
    EXPECT_FALSE(check_database_name(std::string(63, 'd')));
    EXPECT_TRUE(check_database_name(std::string_view("a\0b", 3)));
    EXPECT_FALSE(check_managed_database_name("shop-1"));
    for (const auto bad : {"a b", "admin", "config", "local"})
        EXPECT_TRUE(check_managed_database_name(bad)) << bad;
}

TEST(Version, IsRead) {
    EXPECT_EQ((ServerVersion{7, 0}), ServerVersion::parse("7.0.14"));
    EXPECT_EQ((ServerVersion{8, 3}), ServerVersion::parse("8.3-rc1"));
    for (const auto bad : {"", "7", "x.y", "7.", "-1.0", "7.0x"})
        EXPECT_FALSE(ServerVersion::parse(bad)) << bad;
    EXPECT_EQ("6.0", (ServerVersion{6, 0}.text()));
}

}  // namespace
}  // namespace mim::index::testing
