#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "bson/json.hpp"

namespace mim::bson {
namespace {

TEST(Document, EmptyByDefault) {
    const Document document;
    EXPECT_TRUE(document.empty());
    EXPECT_EQ(document.size(), 0U);
    EXPECT_EQ(to_json(document), "{ }");
}

TEST(Document, KeepsOrderAndDuplicates) {
    const Document document = Builder().add("b", 1).add("a", 2).add("b", 3).take();
    std::vector<std::string> keys;
    for (const auto value : document) keys.emplace_back(value.key());
    EXPECT_EQ(keys, (std::vector<std::string>{"b", "a", "b"}));
    EXPECT_EQ(document.find("b")->integer(), 1);
}

TEST(Document, EqualityIsByBytes) {
    EXPECT_EQ(Builder().add("a", 1).take(), Builder().add("a", 1).take());
    EXPECT_NE(Builder().add("a", 1).take(), Builder().add("a", 1.0).take());
    EXPECT_TRUE(equal_by_value(Builder().add("a", 1).take(), Builder().add("a", 1.0).take()));
}

TEST(Document, ValueEqualityMindsOrderAndLength) {
    const auto ab = Builder().add("a", 1).add("b", 1).take(), ba = Builder().add("b", 1).add("a", 1).take();
    EXPECT_FALSE(equal_by_value(ab, ba));
    EXPECT_FALSE(equal_by_value(ab, Builder().add("a", 1).take()));
}

TEST(Document, WithoutDropsTheNamedFields) {
    const Document document = *parse_json(R"({"a": 1, "v": 2, "b": {"v": 3}})");
    EXPECT_EQ(without(document, {"v"}), *parse_json(R"({"a": 1, "b": {"v": 3}})"));
}

TEST(Document, FromBytesTakesWhatItWrites) {
    const Document document = *parse_json(R"({"a": {"b": [1, {"c": "ü"}]}})");
    const auto again = Document::from_bytes(document.bytes());
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, document);
}

// Every truncation and every changed byte either is refused or reads without harm.
TEST(Document, FromBytesSurvivesDamage) {
    const Document document =
        *parse_json(R"({"a": {"b": [1, "text", {"$numberDecimal": "1.5"}]}, "c": true})");
    const std::string whole = document.byte_string();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_FALSE(Document::from_bytes({reinterpret_cast<const std::uint8_t*>(whole.data()), length}))
            << length;
    }
    for (std::size_t position = 0; position < whole.size(); ++position) {
        std::string damaged = whole;
        damaged[position] = static_cast<char>(damaged[position] ^ 0x5A);
        const auto read =
            Document::from_bytes({reinterpret_cast<const std::uint8_t*>(damaged.data()), damaged.size()});
        if (read) {
            EXPECT_FALSE(to_json(*read).empty());
        }
    }
}

TEST(Document, DeepNestingIsRefused) {
    Document deep;
    for (int depth = 0; depth < 200; ++depth) deep = Builder().add("d", deep).take();
    EXPECT_FALSE(Document::from_bytes(deep.bytes()));
}

TEST(Value, OwnsWhatItCopies) {
    std::optional<Value> value;
    {
        const Document document = Builder().add("a", "text").take();
        value.emplace(*document.find("a"));
    }
    EXPECT_EQ(value->view().string(), "text");
    EXPECT_EQ(*value, Value::string("text"));
}

}  // namespace
}  // namespace mim::bson
