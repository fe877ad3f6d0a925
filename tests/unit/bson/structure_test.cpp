#include "bson/structure.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "bson/document.hpp"
#include "bson/json.hpp"

namespace mim::bson {
namespace {

using namespace std::string_literals;

std::optional<std::string> fault_of(std::string_view bytes) {
    return structure_fault({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string number(std::size_t value) {
    std::string out;
    for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

// A document around the bytes of its fields.
std::string document(const std::string& fields) {
    return number(fields.size() + 5) + fields + "\0"s;
}

std::string nested(std::size_t levels) {
    std::string inner = document("");
    for (std::size_t i = 0; i < levels; ++i) inner = document("\x03n\0"s + inner);
    return inner;
}

TEST(Structure, EveryTypeIsWalked) {
    const auto all = parse_json(R"({
        "double": 1.5, "text": "t", "document": {"a": 1}, "array": [1, [2]], "bool": true, "null": null,
        "binary": {"$binary": {"base64": "AAEC", "subType": "00"}}, "int": 1,
        "long": {"$numberLong": "1"}, "id": {"$oid": "000000000000000000000000"},
        "date": {"$date": {"$numberLong": "0"}}, "regex": {"$regularExpression": {"pattern": "a", "options": "i"}},
        "code": {"$code": "x"}, "scope": {"$code": "x", "$scope": {"a": {"b": 1}}},
        "timestamp": {"$timestamp": {"t": 1, "i": 1}}, "decimal": {"$numberDecimal": "1.5"},
        "min": {"$minKey": 1}, "max": {"$maxKey": 1}})");
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_EQ(structure_fault(all->bytes()), std::nullopt);
}

TEST(Structure, TextsAndNamesMayHoldAnyBytes) {
    EXPECT_EQ(fault_of(document("\x0a\xff\xfe\0"s)), std::nullopt);
    EXPECT_EQ(fault_of(document("\x02"
                                "a\0"s +
                                number(3) + "\xff\0\0"s)),
              std::nullopt);
}

// Every kind of value that is a text, or holds one, with `text` in its place; first of all the field's name.
std::vector<std::string> values_with(const std::string& text) {
    const std::string counted = number(text.size() + 1) + text + "\0"s;
    const std::string scope = document("\x02s\0"s + counted);
    const std::string code = number(2) + "c\0"s;
    const std::string scoped = code + scope;
    const std::string coded = counted + document("");
    return {"\x0a"s + text + "\0"s,
            "\x02v\0"s + counted,
            "\x0bv\0"s + text + "\0\0"s,
            "\x0bv\0r\0"s + text + "\0"s,
            "\x0dv\0"s + counted,
            "\x0ev\0"s + counted,
            "\x0cv\0"s + counted + "123456789012",
            "\x0fv\0"s + number(scoped.size() + 4) + scoped,
            "\x0fv\0"s + number(coded.size() + 4) + coded,
            "\x04v\0"s + document("\x02\x30\0"s + counted)};
}

// Libraries of C stop looking, content, at some of these; what comes after them counts as well.
TEST(Structure, EveryTextIsJudgedAtEveryDepth) {
    const auto is_document = [](const std::string& bytes) {
        return Document::from_bytes({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()})
            .has_value();
    };
    const auto good = values_with("\xc3\xbc");
    for (const std::string& text : {"\xff\xfe"s, "a\xc3"s, "\xed\xa0\x80"s, "\xc0\xaf"s}) {
        const auto bad = values_with(text);
        for (std::size_t kind = 0; kind < bad.size(); ++kind) {
            std::string right = document(good[kind]);
            std::string wrong = document(bad[kind]);
            for (int depth = 0; depth < 4; ++depth) {
                EXPECT_TRUE(is_document(right)) << kind << " at depth " << depth;
                EXPECT_FALSE(is_document(wrong)) << kind << " at depth " << depth;
                EXPECT_EQ(fault_of(wrong), std::nullopt) << kind << " at depth " << depth;
                right = document(
                    "\x0b"
                    "before\0r\0i\0\x03n\0"s +
                    right);
                wrong = document(
                    "\x0b"
                    "before\0r\0i\0\x03n\0"s +
                    wrong);
            }
        }
    }
}

TEST(Structure, AsDeepAsServersNestPasses) {
    EXPECT_EQ(fault_of(nested(190)), std::nullopt);
    EXPECT_EQ(fault_of(nested(deepest_nesting)), std::nullopt);
    EXPECT_NE(fault_of(nested(deepest_nesting + 1)), std::nullopt);
    EXPECT_NE(fault_of(nested(17'352)), std::nullopt);
}

TEST(Structure, WhatDoesNotFitIsRefused) {
    const std::string inner_without_end = number(5) + "\x01"s;
    const std::string scope =
        "x" + std::string(1, '\0') + number(4 + 4 + 2 + 5) + number(2) + "c\0"s + document("");
    ASSERT_EQ(fault_of(document("\x0f"s + scope)), std::nullopt);
    for (const auto& [name, bytes] : std::vector<std::pair<const char*, std::string>>{
             {"nothing", ""},
             {"a length alone", number(4)},
             {"a length beyond the bytes", number(6) + "\0"s},
             {"bytes beyond the length", document("") + "\0"s},
             {"no end", number(5) + "\x01"s},
             {"a length below zero", number(0xffffffff) + "\0"s},
             {"a name without end", document("\x0a"
                                             "abc"s)},
             {"an unknown type", document("\x42"
                                          "a\0"s)},
             {"a cut number", document("\x10"
                                       "a\0\x01"s)},
             {"a text of length zero", document("\x02"
                                                "a\0"s +
                                                number(0))},
             {"a text without end", document("\x02"
                                             "a\0"s +
                                             number(2) + "xy"s)},
             {"a text beyond its document", document("\x02"
                                                     "a\0"s +
                                                     number(100) + "x\0"s)},
             {"a boolean of two", document("\x08"
                                           "a\0\x02"s)},
             {"a binary beyond its document", document("\x05"
                                                       "a\0"s +
                                                       number(9) + "\0x"s)},
             {"an old binary that lies", document("\x05"
                                                  "a\0"s +
                                                  number(5) + "\x02"s + number(7) + "x"s)},
             {"a nested document without end", document("\x03"
                                                        "a\0"s +
                                                        inner_without_end)},
             {"a nested document beyond its own", document("\x03"
                                                           "a\0"s +
                                                           number(50) + "\0"s)},
             {"a nested document of four bytes", document("\x03"
                                                          "a\0"s +
                                                          number(4) + "\0"s)},
             {"an array without end", document("\x04"
                                               "a\0"s +
                                               inner_without_end)},
             {"a scope that is shorter than it says",
              document("\x0f"
                       "x\0"s +
                       number(4 + 4 + 2 + 6) + number(2) + "c\0"s + document("") + "\0"s)},
             {"a regular expression without options", document("\x0b"
                                                               "a\0"
                                                               "x\0"s +
                                                               "i"s)},
         })
        EXPECT_NE(fault_of(bytes), std::nullopt) << name;
}

}  // namespace
}  // namespace mim::bson
