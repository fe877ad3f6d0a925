#include "http/json_reader.hpp"

#include <gtest/gtest.h>

#include "base/id.hpp"
#include "http/body.hpp"
#include "http/json_parse.hpp"

namespace mim::http {
namespace {

using Complaints = std::vector<FieldError>;

Request with_body(std::string text) {
    Request request;
    request.body = std::move(text);
    return request;
}

TEST(JsonReader, collects_every_bad_field) {
    auto body =
        *Body::of(with_body(R"({"name": 1, "flag": "yes", "count": 1.5, "collections": ["a", "", "a"]})"));
    ObjectReader fields = body.fields();
    EXPECT_EQ(fields.required_string("name"), "");
    EXPECT_EQ(fields.required_string("uri"), "");
    EXPECT_FALSE(fields.flag("flag"));
    EXPECT_FALSE(fields.optional_integer("count"));
    static_cast<void>(fields.required_names("collections"));
    const Done verdict = body.verdict();
    ASSERT_FALSE(verdict);
    const Complaints expected{
        {"name", R"(Field wrong type: name must be a string such as "abc", not a number)"},
        {"uri", "Field is required"},
        {"flag", "Field wrong type: flag must be true or false, not a string"},
        {"count",
         "Field wrong type: count must be a whole number such as 1, not a number with a decimal point or an "
         "exponent"},
        {"collections[1]",
         R"(Field wrong type: collections[1] must be a string such as "abc" that is not empty, not an empty string)"},
        {"collections[2]", "Is named twice"}};
    EXPECT_EQ(verdict.error().fields, expected);
    EXPECT_EQ(verdict.error().code, ErrorCode::invalid_input);
}

TEST(JsonReader, refuses_a_name_that_is_there_twice_and_tells_where) {
    const auto twice_in = [](const std::string& text) {
        const auto body = Body::of(with_body(text));
        if (body || body.error().code != ErrorCode::invalid_input) return std::string("none");
        return body.error().fields.at(0).path;
    };
    EXPECT_EQ(twice_in(R"({"confirm": "x", "confirm": "shop"})"), "confirm");
    EXPECT_EQ(twice_in(R"({"confirm": "x", "c\u006fnfirm": "x"})"), "confirm");
    EXPECT_EQ(twice_in(R"({"a": {"b": [], "c": {}, "b": 1}})"), "a.b");
    EXPECT_EQ(
        twice_in(
            R"({"keys": [{"f": 1}, [1], "x", 2, 1.5, true, null, 18446744073709551615, {"f": 1, "f": 2}]})"),
        "keys[8].f");
    EXPECT_EQ(twice_in(R"({"keys": [[], [{}, {"a": 1, "b": {}, "a": 2}]]})"), "keys[1][1].a");
    EXPECT_EQ(twice_in(R"({"a": {"a": 1}, "b": {"a": [{"a": 1}, {"a": 1}]}, "A": 1, "": 2})"), "none");
    EXPECT_EQ(twice_in(R"({"a": 1, "a": )"), "a");  // before the rest is looked at
    const std::string named(2'000, 'k');
    EXPECT_EQ(twice_in("{\"" + named + "\": 1, \"" + named + "\": 2}"), named);
}

TEST(JsonReader, tells_of_every_kind_what_was_sent_and_never_its_value) {
    auto body = *Body::of(with_body(
        R"({"a": {"s3cret": 1}, "b": ["s3cret"], "c": true, "d": "s3cret", "e": [null], "f": "s3cret", "g": ""})"));
    ObjectReader fields = body.fields();
    static_cast<void>(fields.required_string("a"));
    static_cast<void>(fields.optional_object("b"));
    static_cast<void>(fields.word<int>("c", {{"one", 1}, {"two", 2}}, 1));
    static_cast<void>(fields.optional_names("d"));
    static_cast<void>(fields.optional_names("e"));
    static_cast<void>(fields.optional_integer("f", {.least = 5, .greatest = 9}));
    static_cast<void>(fields.optional_boolean("g"));
    const std::string start = "Field wrong type: ";
    const Complaints expected{
        {"a", start + R"(a must be a string such as "abc", not an object)"},
        {"b", start + R"(b must be an object such as {"abc": 1}, not an array)"},
        {"c", start + "c must be one of the strings one, two, not true or false"},
        {"d", start + R"(d must be an array of strings such as ["abc"], not a string)"},
        {"e[0]", start + R"(e[0] must be a string such as "abc" that is not empty, not null)"},
        {"f", start + "f must be a whole number such as 5, not a string"},
        {"g", start + "g must be true or false, not an empty string"}};
    EXPECT_EQ(body.verdict().error().fields, expected);
}

TEST(JsonReader, a_name_with_a_nul_is_refused_for_that) {
    auto body = *Body::of(with_body(R"({"names": ["a\u0000b"]})"));
    ObjectReader fields = body.fields();
    static_cast<void>(fields.optional_names("names"));
    const Complaints expected{{"names[0]", "Must not hold a NUL character"}};
    EXPECT_EQ(body.verdict().error().fields, expected);
}

TEST(JsonReader, carries_the_path_of_nested_fields) {
    auto body = *Body::of(with_body(R"({"options": {"collation": {"locale": 5}}})"));
    ObjectReader fields = body.fields();
    auto collation = fields.optional_object("options")->optional_object("collation");
    static_cast<void>(collation->required_string("locale"));
    EXPECT_EQ(body.verdict().error().fields[0].path, "options.collation.locale");
}

TEST(JsonReader, null_counts_as_absent) {
    auto body = *Body::of(with_body(R"({"a": null, "b": null, "c": null})"));
    ObjectReader fields = body.fields();
    EXPECT_FALSE(fields.optional_string("a"));
    EXPECT_FALSE(fields.optional_integer("b"));
    EXPECT_FALSE(fields.optional_names("c"));
    EXPECT_TRUE(body.verdict());
    static_cast<void>(fields.required_string("a"));
    EXPECT_EQ(body.verdict().error().fields[0].reason, "Field is required");
}

TEST(JsonReader, bounds_numbers) {
    auto body = *Body::of(with_body(R"({"low": -1, "high": 3, "huge": 18446744073709551615, "far": 1e300,
                                       "whole": 2.0})"));
    ObjectReader fields = body.fields();
    const IntegerRange range{0, 2};
    EXPECT_FALSE(fields.optional_integer("low", range));
    EXPECT_FALSE(fields.optional_integer("high", range));
    EXPECT_FALSE(fields.optional_integer("huge", range));
    EXPECT_FALSE(fields.optional_integer("far", range));
    EXPECT_EQ(fields.optional_integer("whole", range), 2);
    const std::string told = "Must be from 0 to 2";
    const Complaints expected{{"low", told}, {"high", told}, {"huge", told}, {"far", told}};
    EXPECT_EQ(body.verdict().error().fields, expected);
}

TEST(JsonReader, what_nobody_asked_for_is_unknown_with_the_nearest_known_name) {
    auto body = *Body::of(with_body(
        R"({"known": 1, "optoin_extra": 0, "x": null, "inner": {"strenght": 1, "option_extra": 2}})"));
    ObjectReader fields = body.fields();
    static_cast<void>(fields.optional_integer("known"));
    static_cast<void>(fields.optional_integer("option_extra"));
    auto inner = fields.optional_object("inner");
    inner->accept("strengthen");
    static_cast<void>(inner->optional_integer("strength"));
    const Complaints expected{{"optoin_extra", "Field is unknown: did you mean option_extra?"},
                              {"x", "Field is unknown: known here are known, option_extra, inner"},
                              {"inner.strenght", "Field is unknown: did you mean strength?"},
                              {"inner.option_extra", "Field is unknown here: did you mean option_extra?"}};
    EXPECT_EQ(body.verdict().error().fields, expected);
    EXPECT_TRUE(body.verdict_of_part());
}

TEST(JsonReader, complaints_and_unknown_fields_are_told_together) {
    auto body = *Body::of(with_body(R"({"name": 1, "nmae": "a"})"));
    ObjectReader fields = body.fields();
    static_cast<void>(fields.optional_string("name"));
    const Complaints expected{
        {"name", R"(Field wrong type: name must be a string such as "abc", not a number)"},
        {"nmae", "Field is unknown: did you mean name?"}};
    EXPECT_EQ(body.verdict().error().fields, expected);
    const Done rules = Error{Complaints{{"email", "must be an address"}, {"name", "too short"}}};
    EXPECT_EQ(body.verdict_with(rules).error().fields.size(), 3U);
}

TEST(JsonReader, a_change_tells_what_is_left_out_from_what_is_null) {
    auto body = *Body::of(with_body(R"({"gone": null, "needed": null, "flag": null, "kept": "a"})"));
    ObjectReader fields = body.fields();
    EXPECT_EQ(fields.clearable_string("gone"), "");
    EXPECT_EQ(fields.clearable_string("absent"), std::nullopt);
    EXPECT_EQ(fields.clearable_string("kept"), "a");
    EXPECT_EQ(fields.changed_string("kept"), "a");
    EXPECT_EQ(fields.changed_string("absent"), std::nullopt);
    EXPECT_TRUE(body.verdict_of_part());
    EXPECT_EQ(fields.changed_string("needed"), std::nullopt);
    EXPECT_EQ(fields.changed_boolean("flag"), std::nullopt);
    const Complaints expected{{"needed", std::string(not_null)}, {"flag", std::string(not_null)}};
    EXPECT_EQ(body.verdict().error().fields, expected);
}

TEST(JsonReader, reads_ids) {
    auto body = *Body::of(with_body(R"({"good": "65A1F0C2E4B0A1B2C3D4E5F6", "bad": "65a1"})"));
    ObjectReader fields = body.fields();
    EXPECT_EQ(fields.required_id<DatabaseId>("good")->text(), "65a1f0c2e4b0a1b2c3d4e5f6");
    EXPECT_FALSE(fields.required_id<DatabaseId>("bad"));
    EXPECT_FALSE(fields.required_id<DatabaseId>("none"));
    const Complaints expected{
        {"bad",
         R"(Field wrong type: bad must be an id of 24 hexadecimal digits such as "65a1f0c2e4b0a1b2c3d4e5f6", not another string)"},
        {"none", "Field is required"}};
    EXPECT_EQ(body.verdict().error().fields, expected);
}

TEST(JsonReader, a_text_with_a_nul_is_refused) {
    auto body = *Body::of(with_body(R"({"name": "a\u0000b"})"));
    ObjectReader fields = body.fields();
    static_cast<void>(fields.required_string("name"));
    EXPECT_FALSE(body.verdict());
}

TEST(Body, an_absent_one_reads_as_empty_object) {
    auto body = *Body::of(with_body(""));
    ObjectReader fields = body.fields();
    static_cast<void>(fields.required_string("name"));
    EXPECT_EQ(body.verdict().error().fields[0].path, "name");
}

class BadJson : public testing::TestWithParam<std::string_view> {};

TEST_P(BadJson, is_refused) {
    const auto body = Body::of(with_body(std::string(GetParam())));
    ASSERT_FALSE(body) << GetParam();
    EXPECT_EQ(body.error().code, ErrorCode::malformed_body);
}

INSTANTIATE_TEST_SUITE_P(
    Body, BadJson,
    testing::Values("{", "[]", "null", "1", "\"a\"", "{}{}", "{} x", "{\"a\":01}", "{a:1}", "{\"a\":1,}",
                    "{'a':1}", "{\"a\":NaN}", "\xff", "{\"a\":\"\xff\"}", " ",
                    "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"));

TEST(ParseJson, rounds_every_double_exactly) {
    for (const char* digits :
         {"0.1", "0.30000000000000004", "5e-324", "1.7976931348623157e308", "2.2250738585072011e-308",
          "8.9884656743115795e307", "9007199254740993.0", "1.2345678901234567e-200"}) {
        const auto value = parse_json(digits);
        ASSERT_TRUE(value) << digits;
        EXPECT_EQ(value->get_double(), std::strtod(digits, nullptr)) << digits;
    }
}

struct Paging {
    std::string_view body;
    int page;
    int limit;
};
class ReadsPage : public testing::TestWithParam<Paging> {};

TEST_P(ReadsPage, with_the_contracts_defaults) {
    auto body = *Body::of(with_body(std::string(GetParam().body)));
    ObjectReader fields = body.fields();
    const app::PageRequest page = read_page(fields);
    EXPECT_TRUE(body.verdict());
    EXPECT_EQ(page.page, GetParam().page);
    EXPECT_EQ(page.limit, GetParam().limit);
}

INSTANTIATE_TEST_SUITE_P(Body, ReadsPage,
                         testing::Values(Paging{"{}", 1, 50}, Paging{R"({"page":0,"limit":0})", 1, 50},
                                         Paging{R"({"page":3,"limit":7})", 3, 7},
                                         Paging{R"({"limit":100000})", 1, 200}));

TEST(ReadsPage, bounds_the_query_in_characters) {
    const std::string euro_signs = [] {
        std::string text;
        for (int count = 0; count < 500; ++count) text += "\u20ac";
        return text;
    }();
    auto fits = *Body::of(with_body("{\"query\":\"" + euro_signs + "\"}"));
    ObjectReader fitting = fits.fields();
    static_cast<void>(read_page(fitting));
    EXPECT_TRUE(fits.verdict());
    auto longer = *Body::of(with_body("{\"query\":\"" + euro_signs + "x\", \"page\": -1, \"limit\": \"x\"}"));
    ObjectReader fields = longer.fields();
    static_cast<void>(read_page(fields));
    EXPECT_EQ(longer.verdict().error().fields.size(), 3U);
}

TEST(ReadsPage, from_a_url) {
    Request request;
    request.query = "limit=500&page=2";
    const auto page = read_page(request);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->page, 2);
    EXPECT_EQ(page->limit, 200);
    request.query = "limit=5&x=page=9";
    EXPECT_EQ(read_page(request).error().fields.at(0).path, "x");
    request.query = "page=two&limit=-1";
    EXPECT_EQ(read_page(request).error().fields.size(), 2U);
    const auto told = [&request](std::string_view query) {
        request.query = query;
        return read_page(request).error().fields.at(0).reason;
    };
    const std::string start = "Field wrong type: page must be ";
    EXPECT_EQ(told("page=two"), start + "a whole number such as 1, not another text");
    EXPECT_EQ(told("page="), start + "a whole number such as 1, not an empty text");
    EXPECT_EQ(told("page=%2"),
              start + "percent-encoded, such as a%20b, not a % without two hexadecimal digits");
    EXPECT_EQ(told("page=99999999999999999999"), "Must be from 0 to 10000000");
}

}  // namespace
}  // namespace mim::http
