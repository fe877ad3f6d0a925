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

// libbson alone takes {"$type": …} for binary data in an old notation.
TEST(Json, TheTypeOperatorIsAnOrdinaryMember) {
    const auto document =
        parse_json(R"({"a": {"$type": "string"}, "b": [{"$type": 2}], "$type" : "\"$type\":"})");
    ASSERT_TRUE(document);
    EXPECT_EQ(to_json(*document, JsonForm::relaxed),
              R"({ "a" : { "$type" : "string" }, "b" : [ { "$type" : 2 } ], "$type" : "\"$type\":" })");
}

TEST(Json, MalformedTextIsRefused) {
    for (const auto* text : {"", "{", "[1]", "1", R"({"a": })", R"({"a": {"$oid": "xyz"}})", "{} trailing"}) {
        EXPECT_FALSE(parse_json(text)) << text;
    }
}

}  // namespace
}  // namespace mim::bson
