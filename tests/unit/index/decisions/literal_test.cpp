#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "index/script/script.hpp"

namespace mim::index {
namespace {

std::string literal_of(const std::string& json) {
    return mongosh_literal(bson::parse_json(R"({"v": )" + json + "}").value().find("v").value());
}

struct Case {
    std::string json;
    std::string literal;
};

TEST(Literal, KeepsEveryType) {
    const std::vector<Case> cases{
        {"1", "1"},
        {"-7", "-7"},
        {R"({"$numberLong": "5"})", R"(Long("5"))"},
        {R"({"$numberLong": "-9223372036854775808"})", R"(Long("-9223372036854775808"))"},
        {R"({"$numberDouble": "1.0"})", "Double(1)"},
        {"1.5", "Double(1.5)"},
        {R"({"$numberDouble": "-0.0"})", "Double(-0)"},
        {R"({"$numberDouble": "1e300"})", "Double(1e+300)"},
        {R"({"$numberDouble": "NaN"})", "Double(NaN)"},
        {R"({"$numberDouble": "-Infinity"})", "Double(-Infinity)"},
        {R"({"$numberDouble": "Infinity"})", "Double(Infinity)"},
        {R"({"$numberDecimal": "1.50"})", R"(Decimal128("1.50"))"},
        {"true", "true"},
        {"false", "false"},
        {"null", "null"},
        {R"("a\"b\\c")", R"("a\"b\\c")"},
        {R"({"$date": {"$numberLong": "1577836800123"}})", R"(ISODate("2020-01-01T00:00:00.123Z"))"},
        {R"({"$date": {"$numberLong": "253402300800000"}})", "new Date(253402300800000)"},
        {R"({"$date": {"$numberLong": "-62135596800001"}})", "new Date(-62135596800001)"},
        {R"({"$oid": "5f00000000000000000000ab"})", R"(ObjectId("5f00000000000000000000ab"))"},
        {R"({"$binary": {"base64": "ABEiM0RVZneImaq7zN3u/w==", "subType": "04"}})",
         R"(UUID("00112233-4455-6677-8899-aabbccddeeff"))"},
        {R"({"$binary": {"base64": "", "subType": "00"}})", R"(BinData(0, ""))"},
        {R"({"$binary": {"base64": "aA==", "subType": "80"}})", R"(BinData(128, "aA=="))"},
        {R"({"$binary": {"base64": "aGk=", "subType": "05"}})", R"(BinData(5, "aGk="))"},
        {R"({"$binary": {"base64": "aGkh", "subType": "00"}})", R"(BinData(0, "aGkh"))"},
        {R"({"$timestamp": {"t": 4294967295, "i": 2}})", "Timestamp({t: 4294967295, i: 2})"},
        {R"({"$minKey": 1})", "MinKey()"},
        {R"({"$maxKey": 1})", "MaxKey()"},
        {R"({"$regularExpression": {"pattern": "^a/\"b", "options": "i"}})", R"(BSONRegExp("^a/\"b", "i"))"},
        {R"({"$code": "return 1"})", R"(Code("return 1"))"},
        {R"({"$code": "f", "$scope": {"x": 1}})", R"(Code("f", {"x": 1}))"},
        {R"({"$undefined": true})",
         R"(EJSON.parse("{\"v\":{ \"$undefined\" : true }}", {relaxed: false}).v)"},
        {R"([1, [2], {"a": null}])", R"([1, [2], {"a": null}])"},
        {"{}", "{}"},
        {"[]", "[]"},
    };
    for (const Case& one : cases) EXPECT_EQ(literal_of(one.json), one.literal) << one.json;
}

TEST(Literal, EscapesWhatEndsAStringOrALine) {
    EXPECT_EQ(literal_of(R"("\n\r\t\b\u0001\u007f")"), R"("\n\r\t\u0008\u0001\u007f")");
    EXPECT_EQ(literal_of(R"("\u2028\u2029\u2027é")"), "\"\\u2028\\u2029\u2027é\"");
    const auto with_nul = bson::Builder().add("v", std::string_view("a\0b", 3)).take();
    EXPECT_EQ(mongosh_literal(with_nul.find("v").value()), R"("a\u0000b")");
}

TEST(Literal, UsesAMapWhereAnObjectWouldReorderOrLoseFields) {
    EXPECT_EQ(literal_of(R"({"b": 1, "1": -1})"), R"(new Map([["b", 1], ["1", -1]]))");
    EXPECT_EQ(literal_of(R"({"0": 1})"), R"(new Map([["0", 1]]))");
    EXPECT_EQ(literal_of(R"({"__proto__": 1})"), R"(new Map([["__proto__", 1]]))");
    EXPECT_EQ(literal_of(R"({"a": {"7": 1}})"), R"({"a": new Map([["7", 1]])})");
    EXPECT_EQ(literal_of(R"({"01": 1, "-1": 1, "1a": 1, "": 1})"), R"({"01": 1, "-1": 1, "1a": 1, "": 1})");
}

TEST(Statement, NamesItsDatabaseAndKeepsTheOrderOfKeys) {
    const Spec spec = Spec::from_document(
        bson::parse_json(R"({"name": "n", "key": {"b": 1, "1": -1}, "unique": true})").value());
    EXPECT_EQ(create_statement("shop", "my \"coll\"", spec),
              R"(db.getSiblingDB("shop").runCommand({createIndexes: "my \"coll\"", )"
              R"(indexes: [{key: new Map([["b", 1], ["1", -1]]), name: "n", "unique": true}]}))");
    EXPECT_EQ(drop_statement("shop", "c", "a'\n"),
              R"(db.getSiblingDB("shop").runCommand({dropIndexes: "c", index: "a'\n"}))");
    EXPECT_EQ(modify_statement("", "c", bson::parse_json(R"({"name": "a", "hidden": true})").value()),
              R"(db.runCommand({collMod: "c", index: {"name": "a", "hidden": true}}))");
}

}  // namespace
}  // namespace mim::index
