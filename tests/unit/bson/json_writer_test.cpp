#include <charconv>
#include <set>

#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "unit/bson/json_vectors.hpp"

namespace mim::bson {
namespace {

std::vector<std::uint8_t> bytes_of(std::string_view hex) {
    std::vector<std::uint8_t> bytes(hex.size() / 2);
    for (std::size_t at = 0; at < bytes.size(); ++at)
        std::from_chars(hex.data() + 2 * at, hex.data() + 2 * at + 2, bytes[at], 16);
    return bytes;
}

Document document_of(std::string_view hex) {
    return Document::from_bytes(bytes_of(hex)).value();
}

// Without the spaces that are outside of strings.
std::string compact(std::string_view text) {
    std::string out;
    bool inside = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') inside = !inside;
        if (inside || text[at] != ' ') out += text[at];
        if (text[at] == '\\') out += text[++at];
    }
    return out;
}

class JsonVectors : public testing::TestWithParam<JsonVector> {};

TEST_P(JsonVectors, AreWrittenAsTheSpecificationHasThem) {
    const auto& [name, bytes, canonical, relaxed] = GetParam();
    const Document document = document_of(bytes);
    EXPECT_EQ(compact(to_json(document)), canonical);
    EXPECT_EQ(compact(to_json(document, JsonForm::relaxed)), relaxed.empty() ? canonical : relaxed);
}

TEST_P(JsonVectors, AreReadBackAsTheyWere) {
    const Document document = document_of(GetParam().bytes);
    const auto again = parse_json(to_json(document));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(to_json(*again), to_json(document));
    // The options of a regular expression are sorted on the way.
    const bool sorted = GetParam().name == "regex_options_sorted";
    EXPECT_EQ(*again == document, !sorted);
}

INSTANTIATE_TEST_SUITE_P(Each, JsonVectors, testing::ValuesIn(json_vectors),
                         [](const auto& vector) { return std::string(vector.param.name); });

TEST(JsonVectorTable, HasEveryType) {
    std::set<Type> types;
    for (const auto& vector : json_vectors)
        types.insert(document_of(vector.bytes).begin().operator*().type());
    EXPECT_EQ(types.size(), 21U);
}

// Signatures and scripts hold these texts: not a space may change.
TEST(JsonSpacing, IsOurs) {
    const auto document =
        parse_json(R"({"n":null,"d":{"a":1,"e":{}},"l":[1,[],{"x":true}],"s":"{ }"})").value();
    EXPECT_EQ(
        to_json(document, JsonForm::relaxed),
        R"({ "n" : null, "d" : { "a" : 1, "e" : {  } }, "l" : [ 1, [  ], { "x" : true } ], "s" : "{ }" })");
    EXPECT_EQ(to_json(Document()), "{ }");
    EXPECT_EQ(to_json(*document.find("d"), JsonForm::relaxed), R"({ "a" : 1, "e" : {  } })");
    EXPECT_EQ(to_json(*document_of("1000000003610005000000000A620000").find("a")), "{  }");
}

TEST(JsonSpacing, OfTheTypesThatHaveParts) {
    const auto written = [](std::string_view name) {
        for (const auto& vector : json_vectors)
            if (vector.name == name) return to_json(*document_of(vector.bytes).begin());
        return std::string("no such vector");
    };
    EXPECT_EQ(written("binary_own"), R"({ "$binary" : { "base64" : "AQI=", "subType" : "80" } })");
    EXPECT_EQ(written("timestamp"), R"({ "$timestamp" : { "t" : 123456789, "i" : 42 } })");
    EXPECT_EQ(written("regex_empty"), R"({ "$regularExpression" : { "pattern" : "", "options" : "" } })");
    EXPECT_EQ(written("date_epoch"), R"({ "$date" : { "$numberLong" : "0" } })");
    EXPECT_EQ(written("db_pointer"),
              R"({ "$dbPointer" : { "$ref" : "d.c", "$id" : { "$oid" : "56e1fc72e0c917e9c4714161" } } })");
    EXPECT_EQ(written("code_with_empty_scope"), R"({ "$code" : "", "$scope" : { } })");
    EXPECT_EQ(written("code_with_scope"),
              R"({ "$code" : "abcd", "$scope" : { "x" : { "$numberInt" : "1" } } })");
    EXPECT_EQ(written("undefined"), R"({ "$undefined" : true })");
    EXPECT_EQ(written("min_key"), R"({ "$minKey" : 1 })");
}

Document nested(int depth) {
    Document document;
    for (int i = 0; i < depth; ++i) document = Builder().add("a", document).take();
    return document;
}

TEST(JsonDepth, EndsWhereNoDocumentThatWasCheckedReaches) {
    EXPECT_EQ(to_json(nested(200)).find("..."), std::string::npos);
    EXPECT_NE(to_json(nested(201)).find("{ ... }"), std::string::npos);
    EXPECT_FALSE(parse_json(to_json(nested(201))));
    EXPECT_LT(to_json(nested(5'000)).size(), 3'000U);
}

// Such a document comes only from a server: ours are checked when they are made.
TEST(JsonText, WhatIsNoUtf8IsReplaced) {
    const auto bytes = bytes_of("0F00000002610003000000C3280000");
    EXPECT_EQ(to_json(DocumentView(bytes)), "{ \"a\" : \"\xEF\xBF\xBD(\" }");
}

}  // namespace
}  // namespace mim::bson
