#include "bson/json.hpp"

#include <gtest/gtest.h>

namespace mim::bson {
namespace {

TEST(Json, CanonicalFormKeepsEveryType) {
    const std::string text =
        R"({ "i" : { "$numberInt" : "1" }, "l" : { "$numberLong" : "2" }, "d" : { "$numberDouble" : "1.0" }, )"
        R"("dec" : { "$numberDecimal" : "1.50" }, "o" : { "$oid" : "0123456789abcdef01234567" }, )"
        R"("t" : { "$date" : { "$numberLong" : "1000" } }, "r" : { "$regularExpression" : { "pattern" : "a/b", "options" : "i" } }, )"
        R"("b" : { "$binary" : { "base64" : "AQI=", "subType" : "00" } }, "min" : { "$minKey" : 1 }, "n" : null })";
    const auto document = parse_json(text);
    ASSERT_TRUE(document);
    EXPECT_EQ(to_json(*document), text);
}

TEST(Json, BareNumbers) {
    const auto document = parse_json(R"({"a": 1, "b": 5000000000, "c": 1.5})");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->find("a")->type(), Type::int32);
    EXPECT_EQ(document->find("b")->type(), Type::int64);
    EXPECT_EQ(document->find("c")->type(), Type::double_);
}

TEST(Json, OneValueAlone) {
    const auto document = parse_json(R"({"a": [1, "x"], "b": "q\"uote"})");
    ASSERT_TRUE(document);
    EXPECT_EQ(to_json(*document->find("a"), JsonForm::relaxed), R"([ 1, "x" ])");
    EXPECT_EQ(to_json(*document->find("b")), R"("q\"uote")");
}

// Extended JSON v1 wrote binary data with it.
TEST(Json, TheTypeOperatorIsAnOrdinaryMember) {
    const auto document =
        parse_json(R"({"a": {"$type": "string"}, "b": [{"$type": 2}], "$type" : "\"$type\":"})");
    ASSERT_TRUE(document);
    EXPECT_EQ(to_json(*document, JsonForm::relaxed),
              R"({ "a" : { "$type" : "string" }, "b" : [ { "$type" : 2 } ], "$type" : "\"$type\":" })");
}

TEST(Json, MalformedTextIsRefusedWithItsPlace) {
    const auto reason = [](std::string_view text) {
        const auto document = parse_json(text);
        return document ? std::string("taken") : document.error().message;
    };
    EXPECT_EQ(reason(""), "not Extended JSON: an object {…} was expected, at byte 0");
    EXPECT_EQ(reason("[1]"), "not Extended JSON: an object {…} was expected, at byte 0");
    EXPECT_EQ(reason("{"), "not Extended JSON: a name in quotation marks was expected, at byte 1");
    EXPECT_EQ(reason(R"({"a": })"), "not Extended JSON: a value was expected, at byte 6");
    EXPECT_EQ(reason(R"({"a": 1,})"), "not Extended JSON: a name in quotation marks was expected, at byte 8");
    EXPECT_EQ(reason(R"({"a": [1 2]})"), "not Extended JSON: a comma or ] was expected, at byte 9");
    EXPECT_EQ(reason("{} trailing"), "not Extended JSON: nothing more was expected, at byte 3");
    for (const auto* text : {"1",
                             "{a: 1}",
                             "{'a': 1}",
                             R"({"a" 1})",
                             R"({"a": tru})",
                             R"({"a": NaN})",
                             R"({"a": 01})",
                             R"({"a": .5})",
                             R"({"a": 5.})",
                             R"({"a": +5})",
                             R"({"a": 1e})",
                             R"({"a": 1e400})",
                             R"({"a": 9223372036854775808})",
                             R"({"a": "x)",
                             "{\"a\": \"\t\"}",
                             R"({"a": "\x"})",
                             R"({"a": "\ud800"})",
                             R"({"a": "\udc00"})",
                             R"({"a": "\u12"})",
                             "{\"a\": \"\xff\"}",
                             R"({"a\u0000b": 1})",
                             "/**/{}"}) {
        EXPECT_FALSE(parse_json(text)) << text;
    }
}

TEST(Json, EscapesAreLetters) {
    const auto document = parse_json(R"({"a": "\"\\\/\b\f\n\r\t\u0000\u00e4\u20AC\ud83d\ude00"})").value();
    EXPECT_EQ(document.find("a")->string(), std::string_view("\"\\/\b\f\n\r\t\0ä€😀", 18));
}

TEST(Json, NestingIsBounded) {
    const auto nested = [](std::size_t levels) {
        std::string text;
        for (std::size_t level = 1; level < levels; ++level) text += R"({"a":)";
        return text + "{}" + std::string(levels - 1, '}');
    };
    EXPECT_TRUE(parse_json(nested(100)));
    EXPECT_FALSE(parse_json(nested(101)));
    EXPECT_FALSE(parse_json(nested(100'000)));
}

TEST(Json, DuplicateNamesAreKept) {
    EXPECT_EQ(parse_json(R"({"a": 1, "a": 2})")->size(), 2U);
}

struct WrongType {
    std::string_view value;
    std::string_view reason;
};
class WrongTypes : public testing::TestWithParam<WrongType> {};

TEST_P(WrongTypes, SayWhatTheyNeed) {
    const auto document = parse_json("{\"a\":" + std::string(GetParam().value) + "}");
    ASSERT_FALSE(document) << GetParam().value;
    EXPECT_EQ(document.error().code, ErrorCode::invalid_input);
    EXPECT_NE(document.error().message.find(GetParam().reason), std::string::npos)
        << document.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Each, WrongTypes,
    testing::Values(
        WrongType{R"({"$oid": "xyz"})", "$oid needs 24 hex digits"},
        WrongType{R"({"$oid": 1})", "$oid needs"},
        WrongType{R"({"$oid": "0123456789abcdef01234567", "x": 1})", "$oid must be the only member"},
        WrongType{R"({"$numberInt": "2147483648"})", "$numberInt needs"},
        WrongType{R"({"$numberInt": "5.0"})", "$numberInt needs"},
        WrongType{R"({"$numberInt": 5})", "$numberInt needs"},
        WrongType{R"({"$numberLong": "9223372036854775808"})", "$numberLong needs"},
        WrongType{R"({"$numberDouble": "x"})", "$numberDouble needs"},
        WrongType{R"({"$numberDouble": "inf"})", "$numberDouble needs"},
        WrongType{R"({"$numberDecimal": "x"})", "$numberDecimal needs"},
        WrongType{R"({"$numberDecimal": "1.23456789012345678901234567890123456"})", "$numberDecimal needs"},
        WrongType{R"({"$binary": "AQI="})", "$binary needs"},
        WrongType{R"({"$binary": {"base64": "AQI", "subType": "00"}})", "base64 with its padding"},
        WrongType{R"({"$binary": {"base64": "!!!!", "subType": "00"}})", "base64 with its padding"},
        WrongType{R"({"$binary": {"base64": "AQI=", "subType": "zz"}})", "a subType"},
        WrongType{R"({"$binary": {"base64": "AQI="}})", "$binary needs"},
        WrongType{R"({"$uuid": "00112233445566778899aabbccddeeff"})", "$uuid needs"},
        WrongType{R"({"$date": "2020-02-31T00:00:00Z"})", "$date needs"},
        WrongType{R"({"$date": "10000-01-01T00:00:00Z"})", "$date needs"},
        WrongType{R"({"$date": "2020-02-01T00:00:00"})", "$date needs"},
        WrongType{R"({"$date": {"$numberLong": "x"}})", "$date needs"},
        WrongType{R"({"$timestamp": {"t": -1, "i": 1}})", "$timestamp needs"},
        WrongType{R"({"$timestamp": {"t": 4294967296, "i": 1}})", "$timestamp needs"},
        WrongType{R"({"$timestamp": {"t": 1}})", "$timestamp needs"},
        WrongType{R"({"$regularExpression": {"pattern": "x"}})", "$regularExpression needs"},
        WrongType{R"({"$regularExpression": {"pattern": "\u0000", "options": ""}})", "without a zero byte"},
        WrongType{R"({"$dbPointer": {}})", "$dbPointer needs"},
        WrongType{R"({"$symbol": 2})", "$symbol needs"},
        WrongType{R"({"$code": "x", "$scope": 1})", "$code needs"},
        WrongType{R"({"$scope": {}})", "$code needs"}, WrongType{R"({"$minKey": 2})", "$minKey needs"},
        WrongType{R"({"$maxKey": "1"})", "$maxKey needs"},
        WrongType{R"({"$undefined": false})", "$undefined needs"}));

struct OtherSpelling {
    std::string_view spelled;
    std::string_view canonical;
};
class OtherSpellings : public testing::TestWithParam<OtherSpelling> {};

TEST_P(OtherSpellings, AreTheSameValue) {
    const auto document = parse_json("{\"a\":" + std::string(GetParam().spelled) + "}");
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(to_json(*document->find("a")), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Each, OtherSpellings,
    testing::Values(
        OtherSpelling{"-0", R"({ "$numberInt" : "0" })"},
        OtherSpelling{"-0.0", R"({ "$numberDouble" : "-0.0" })"},
        OtherSpelling{"1E2", R"({ "$numberDouble" : "100.0" })"},
        OtherSpelling{R"({"$date": 1000})", R"({ "$date" : { "$numberLong" : "1000" } })"},
        OtherSpelling{R"({"$date": "1969-12-31T23:59Z"})", R"({ "$date" : { "$numberLong" : "-60000" } })"},
        OtherSpelling{R"({"$date": "1970-01-01T01:00:00.5+0100"})",
                      R"({ "$date" : { "$numberLong" : "500" } })"},
        OtherSpelling{R"({"$date": "1969-12-31T22:30:00-01:30"})",
                      R"({ "$date" : { "$numberLong" : "0" } })"},
        OtherSpelling{R"({"$regex": "x", "$options": "i"})",
                      R"({ "$regularExpression" : { "pattern" : "x", "options" : "i" } })"},
        OtherSpelling{R"({"$regex": "x"})",
                      R"({ "$regularExpression" : { "pattern" : "x", "options" : "" } })"},
        OtherSpelling{R"({"$scope": {"$oid": "q"}, "$code": "x"})",
                      R"({ "$code" : "x", "$scope" : { "$oid" : "q" } })"},
        OtherSpelling{R"({"$uuid": "00112233-4455-6677-8899-aabbccddeeff"})",
                      R"({ "$binary" : { "base64" : "ABEiM0RVZneImaq7zN3u/w==", "subType" : "04" } })"},
        OtherSpelling{R"({"$binary": {"subType": "5", "base64": "AQI="}})",
                      R"({ "$binary" : { "base64" : "AQI=", "subType" : "05" } })"},
        OtherSpelling{R"({"$foo": {"$ne": true}})", R"({ "$foo" : { "$ne" : true } })"},
        OtherSpelling{R"({"x": true, "$oid": "q"})", R"({ "x" : true, "$oid" : "q" })"}));

TEST(Json, TheOutermostObjectIsAlwaysADocument) {
    EXPECT_EQ(parse_json(R"({"$oid": "0123456789abcdef01234567"})")->find("$oid")->type(), Type::string);
}

}  // namespace
}  // namespace mim::bson
