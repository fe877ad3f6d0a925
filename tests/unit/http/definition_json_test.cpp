#include "http/definition/definition_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "http/definition/option_names.hpp"
#include "http/ignored_fields.hpp"
#include "http/json_parse.hpp"

namespace mim::http {
namespace {

namespace json = boost::json;

std::string written(const index::Spec& spec) {
    std::string text;
    JsonWriter writer(text);
    writer.begin_object();
    write_index_fields(writer, spec, "signature");
    writer.end_object();
    return text;
}

struct ReadBack {
    index::Spec spec;
    std::vector<FieldError> complaints;
};

ReadBack read_back(std::string_view text) {
    ReadBack result;
    const json::value value = *parse_json(text);
    Reading reading;
    ObjectReader fields(value.get_object(), "", reading);
    result.spec = read_spec(fields);
    ignore(fields, ignored_of_changed_index);
    result.complaints = reading.with_unknown_fields();
    return result;
}

bson::Document document(std::string_view text) {
    return *bson::parse_json(text);
}

// Same fields with the same types and bytes, in whatever order: options are a set.
void expect_same_options(const bson::Document& left, const bson::Document& right) {
    EXPECT_EQ(left.size(), right.size()) << bson::to_json(left) << " against " << bson::to_json(right);
    for (const bson::ValueView value : left) {
        const auto other = right.find(value.key());
        ASSERT_TRUE(other) << value.key();
        EXPECT_TRUE(bson::identical(value, *other))
            << bson::to_json(left) << " against " << bson::to_json(right);
    }
}

struct Pattern {
    std::string_view key;
    std::string_view options;
};
class RoundTrip : public testing::TestWithParam<Pattern> {};

TEST_P(RoundTrip, loses_nothing) {
    const index::Spec before{"some name", document(GetParam().key), document(GetParam().options)};
    const ReadBack after = read_back(written(before));
    EXPECT_TRUE(after.complaints.empty()) << after.complaints[0].path << ": " << after.complaints[0].reason;
    EXPECT_EQ(after.spec.name, before.name);
    EXPECT_EQ(after.spec.key, before.key) << bson::to_json(after.spec.key);
    expect_same_options(after.spec.options, before.options);
}

INSTANTIATE_TEST_SUITE_P(
    DefinitionJson, RoundTrip,
    testing::Values(
        Pattern{R"({"a": 1, "b": -1})", "{}"}, Pattern{R"({"b": 1, "1": -1})", R"({"unique": true})"},
        Pattern{R"({"a": 1.0, "b": -0.5})", "{}"},
        Pattern{R"({"a": {"$numberLong": "1"}, "b": {"$numberDecimal": "1.50"}})", "{}"},
        Pattern{R"({"a": {"$numberLong": "9007199254740993"}, "b": {"$numberLong": "5000000000"}})", "{}"},
        Pattern{R"({"t": "text", "loc": "2dsphere", "h": "hashed", "$**": 1})", "{}"},
        Pattern{R"({"a": 1})", R"({"expireAfterSeconds": 3600, "hidden": true, "sparse": true})"},
        Pattern{R"({"a": 1})", R"({"expireAfterSeconds": {"$numberDouble": "3600.5"}})"},
        Pattern{R"({"a": 1})", R"({"expireAfterSeconds": {"$numberDouble": "NaN"}, "unique": 1})"},
        Pattern{R"({"a": 1})",
                R"({"collation": {"locale": "fr", "strength": 2, "caseLevel": false, "caseFirst": "off",
                    "numericOrdering": true, "alternate": "shifted", "maxVariable": "space", "normalization": false,
                    "backwards": true, "version": "57.1"}})"},
        Pattern{R"({"a": 1})", R"({"collation": {"locale": "fr", "novelty": 1}})"},
        Pattern{R"({"a": 1})",
                R"({"partialFilterExpression": {"n": {"$gt": 5}, "d": {"$lt": 0.1}, "e": {"$lt": 3.0},
                    "when": {"$gte": {"$date": "2024-01-31T00:00:00.123Z"}}, "old": {"$date": {"$numberLong": "-1"}},
                    "id": {"$oid": "65a1f0c2e4b0a1b2c3d4e5f6"}, "l": {"$numberLong": "7"}, "no": null,
                    "in": {"$in": [1, "two", true]}, "x": {"$exists": true}, "t": {"$type": "string"},
                    "b": {"$binary": {"base64": "AQID", "subType": "00"}}, "max": {"$maxKey": 1}}})"},
        Pattern{R"({"a": 1})", R"({"partialFilterExpression": {}})"},
        Pattern{R"({"$**": 1})", R"({"wildcardProjection": {"a": 1, "b.c": true}})"},
        Pattern{R"({"a": 1})",
                R"({"storageEngine": {"wiredTiger": {"configString": "block_compressor=zlib"}}})"},
        Pattern{R"({"t": "text"})",
                R"({"weights": {"t": 10, "u": 2}, "default_language": "french", "language_override": "lang",
                    "textIndexVersion": 3})"},
        Pattern{R"({"t": "text"})", R"({"weights": "$**"})"},
        Pattern{R"({"l": "2d"})", R"({"bits": 24, "min": -90.0, "max": 90})"},
        Pattern{R"({"l": "2dsphere"})", R"({"2dsphereIndexVersion": 3})"},
        Pattern{R"({"a": 1})",
                R"({"background": true, "prepareUnique": true, "v": 2, "someday": {"x": [1]}})"}));

TEST(WriteDefinition, looks_as_the_contract_has_it) {
    const index::Spec spec{
        "customer_id_1_created_at_-1", document(R"({"customer_id": 1, "created_at": -1})"), {}};
    EXPECT_EQ(
        written(spec),
        R"({"name":"customer_id_1_created_at_-1","key_signature":"signature",)"
        R"("keys":[{"field":"customer_id","value":1},{"field":"created_at","value":-1}],)"
        R"("options":{"is_unique":false,"expire_after_seconds":null},"is_text":false,"is_default":false,)"
        R"("has_default_name":true})");
}

TEST(WriteDefinition, knows_text_and_own_names) {
    const json::value text = json::parse(written({"mine", document(R"({"t": "text"})"), {}}));
    EXPECT_TRUE(text.at("is_text").as_bool());
    EXPECT_FALSE(text.at("has_default_name").as_bool());
}

TEST(WriteDefinition, of_all_indexes_only_that_of_the_id_is_the_default_one) {
    const json::value own = json::parse(written({"_id_", document(R"({"_id": 1})"), {}}));
    EXPECT_TRUE(own.at("is_default").as_bool());
    const json::value named = json::parse(written({"a_1", document(R"({"a": 1})"), {}}));
    EXPECT_FALSE(named.at("is_default").as_bool());
}

TEST(WriteDefinition, shows_what_the_contract_has_no_name_for) {
    const json::value shown =
        json::parse(written({"a", document(R"({"a": 1})"), document(R"({"prepareUnique": true})")}));
    EXPECT_EQ(json::serialize(shown.at("options").at("other")), R"({"prepareUnique":true})");
}

TEST(ReadDefinition, turns_contract_names_into_mongodbs) {
    const ReadBack read = read_back(R"({"keys": [{"field": "a", "value": 1}], "options": {"is_unique": true,
        "is_sparse": false, "expire_after_seconds": 60, "collation": {"locale": "de", "case_level": false}, "weights": null}})");
    EXPECT_TRUE(read.complaints.empty());
    EXPECT_EQ(read.spec.name, "");
    expect_same_options(read.spec.options, document(R"({"unique": true, "expireAfterSeconds": 60,
        "collation": {"locale": "de", "caseLevel": false}})"));
}

TEST(ReadDefinition, understands_mongodbs_names_as_well) {
    const ReadBack read = read_back(R"({"keys": [{"field": "a", "value": 1}], "options": {"unique": true,
        "sparse": false, "expireAfterSeconds": 60, "expire_after_seconds": 60, "hidden": null,
        "collation": {"locale": "de", "caseLevel": false, "numericOrdering": true},
        "partialFilterExpression": {"n": {"$gt": 5}}, "2dsphereIndexVersion": 3}})");
    EXPECT_TRUE(read.complaints.empty()) << read.complaints[0].path << ": " << read.complaints[0].reason;
    expect_same_options(read.spec.options, document(R"({"unique": true, "expireAfterSeconds": 60,
        "collation": {"locale": "de", "caseLevel": false, "numericOrdering": true},
        "partialFilterExpression": {"n": {"$gt": 5}}, "2dsphereIndexVersion": 3})"));
}

TEST(ReadDefinition, refuses_two_names_of_one_option_that_disagree) {
    const ReadBack read = read_back(R"({"keys": [{"field": "a", "value": 1}], "options": {"unique": true,
        "is_unique": false, "collation": {"locale": "de", "caseLevel": true, "case_level": false}}})");
    const std::vector<FieldError> expected{
        {"options.is_unique", "is_unique and unique are one option and differ: give one of them"},
        {"options.collation.case_level",
         "case_level and caseLevel are one option and differ: give one of them"}};
    EXPECT_EQ(read.complaints, expected);
}

TEST(ReadDefinition, names_every_unknown_field_with_what_was_meant) {
    const ReadBack read = read_back(R"({"keys": [{"field": "a", "value": 1, "order": 1}], "is_unique": true,
        "options": {"uniqe": true, "collation": {"locale": "de", "strenght": 2}}})");
    const std::vector<FieldError> expected{
        {"is_unique", "Field is unknown here: did you mean options.is_unique?"},
        {"keys[0].order", "Field is unknown: known here are field, value"},
        {"options.uniqe", "Field is unknown: did you mean unique?"},
        {"options.collation.strenght", "Field is unknown: did you mean strength?"}};
    EXPECT_EQ(read.complaints, expected);
}

struct BadDefinition {
    std::string_view text;
    std::vector<std::string> paths;
};
class Complains : public testing::TestWithParam<BadDefinition> {};

TEST_P(Complains, about_every_bad_field) {
    std::vector<std::string> paths;
    for (const FieldError& complaint : read_back(GetParam().text).complaints) paths.push_back(complaint.path);
    EXPECT_EQ(paths, GetParam().paths) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    ReadDefinition, Complains,
    testing::Values(
        BadDefinition{"{}", {"keys", "options"}},
        BadDefinition{R"({"keys": [], "options": []})", {"keys", "options"}},
        BadDefinition{R"({"name": 5, "keys": {"a": 1}, "options": {}})", {"name", "keys"}},
        BadDefinition{
            R"({"keys": [{"value": 1}, {"field": "b"}, {"field": "c", "value": true}, 7], "options": {}})",
            {"keys[0].field", "keys[1].value", "keys[2].value", "keys[3]"}},
        BadDefinition{R"({"keys": [{"field": "a", "value": {"b": 1}}], "options": {}})", {"keys[0].value"}},
        BadDefinition{
            R"({"keys": [{"field": "a", "value": 1}], "options": {"is_unique": 1, "is_hidden": "true",
            "expire_after_seconds": -1, "collation": {"strength": "x"}, "partial_filter_expression": "x",
            "wildcard_projection": {"$oid": "65a1f0c2e4b0a1b2c3d4e5f6"}, "default_language": 1, "weights": 1,
            "bits": 1.5, "min": "x"}})",
            {"options.is_unique", "options.expire_after_seconds", "options.is_hidden",
             "options.collation.locale", "options.collation.strength", "options.partial_filter_expression",
             "options.wildcard_projection", "options.default_language", "options.weights", "options.bits",
             "options.min"}},
        BadDefinition{
            R"({"keys": [{"field": "a", "value": 1}], "options": {"expire_after_seconds": 2147483648}})",
            {"options.expire_after_seconds"}},
        BadDefinition{R"({"keys": [{"field": "a", "value": 1}], "options": {"is_unique": true,
            "other": {"unique": true, "name": "x", "v": 2}}})",
                      {"options.other.unique", "options.other.name"}},
        BadDefinition{R"({"keys": [{"field": "a", "value": 1}], "options": {"partial_filter_expression":
            {"a": {"$oid": "short"}}}})",
                      {"options.partial_filter_expression"}}));

TEST(ReadDefinition, tells_what_a_part_of_another_kind_should_have_been) {
    const ReadBack read = read_back(R"({"keys": [{"field": "a", "value": true}, 7], "options": {
        "min": {"$oid": "65a1f0c2e4b0a1b2c3d4e5f6"}, "wildcard_projection": {"$oid": "65a1f0c2e4b0a1b2c3d4e5f6"},
        "weights": 1, "other": []}})");
    const std::string start = "Field wrong type: ";
    const std::vector<FieldError> expected{
        {"keys[0].value",
         start +
             R"(keys[0].value must be a number such as 1 or a string such as "2dsphere", not true or false)"},
        {"keys[1]",
         start + R"(keys[1] must be an object such as {"field": "status", "value": 1}, not a number)"},
        {"options.wildcard_projection",
         start +
             R"(options.wildcard_projection must be an object such as {"abc": 1}, not a value in Extended JSON)"},
        {"options.weights",
         start + R"(options.weights must be an object such as {"title": 10} or a string, not a number)"},
        {"options.min", start + "options.min must be a number such as 1, not a value in Extended JSON"},
        {"options.other", start + R"(options.other must be an object such as {"abc": 1}, not an array)"}};
    EXPECT_EQ(read.complaints, expected);
    const std::vector<FieldError> of_keys{
        {"keys",
         start + R"(keys must be an array such as [{"field": "status", "value": 1}], not an object)"}};
    EXPECT_EQ(read_back(R"({"keys": {"a": 1}, "options": {}})").complaints, of_keys);
}

TEST(ApiPath, speaks_of_fields_as_the_caller_wrote_them) {
    const index::Spec spec{"n", document(R"({"a": 1, "b.c": 1})"), document(R"({"prepareUnique": 1})")};
    EXPECT_EQ(api_path(spec, "key"), "keys");
    EXPECT_EQ(api_path(spec, "key.b.c"), "keys[1]");
    EXPECT_EQ(api_path(spec, "key.gone"), "keys");
    EXPECT_EQ(api_path(spec, "name"), "name");
    EXPECT_EQ(api_path(spec, "collection"), "collection");
    EXPECT_EQ(api_path(spec, "expireAfterSeconds"), "options.expire_after_seconds");
    EXPECT_EQ(api_path(spec, "collation.caseLevel"), "options.collation.case_level");
    EXPECT_EQ(api_path(spec, "weights.a.b"), "options.weights.a.b");
    EXPECT_EQ(api_path(spec, "prepareUnique"), "options.other.prepareUnique");
}

}  // namespace
}  // namespace mim::http
