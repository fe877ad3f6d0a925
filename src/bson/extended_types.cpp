#include "bson/extended_types.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "bson/json_date.hpp"
#include "bson/text_forms.hpp"

namespace mim::bson {
namespace {

using Kind = JsonNode::Kind;

// from_chars would also take "inf" and "nan".
std::optional<double> double_in(std::string_view text) {
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
    const bool digits = text.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
    return digits ? number_in<double>(text) : std::nullopt;
}

// The two members of an object that has exactly these, in either order.
struct Pair {
    const JsonNode* first = nullptr;
    const JsonNode* second = nullptr;
    [[nodiscard]] bool are(Kind first_kind, Kind second_kind) const {
        return first != nullptr && second != nullptr && first->is(first_kind) && second->is(second_kind);
    }
};
Pair pair_in(const JsonNode& node, std::string_view first, std::string_view second) {
    if (!node.is(Kind::object) || node.children.size() != 2) return {};
    return {child(node, first), child(node, second)};
}

Done object_id(const Field& field, const JsonNode& value) {
    if (!value.is(Kind::string) || !bson_oid_is_valid(value.text.c_str(), value.text.size()) ||
        value.text.size() != 24)
        return needs("$oid", "24 hex digits");
    bson_oid_t id;
    bson_oid_init_from_string(&id, value.text.c_str());
    return appended(bson_append_oid(&field.into, field.key.data(), field.length(), &id));
}

Done symbol(const Field& field, const JsonNode& value) {
    if (!value.is(Kind::string)) return needs("$symbol", "a string");
    return appended(bson_append_symbol(&field.into, field.key.data(), field.length(), value.text.data(),
                                       static_cast<int>(value.text.size())));
}

Done int32(const Field& field, const JsonNode& value) {
    const auto number = value.is(Kind::string) ? number_in<std::int32_t>(value.text) : std::nullopt;
    if (!number) return needs("$numberInt", "a whole number of 32 bits in a string");
    return appended(bson_append_int32(&field.into, field.key.data(), field.length(), *number));
}

Done int64(const Field& field, const JsonNode& value) {
    const auto number = value.is(Kind::string) ? number_in<std::int64_t>(value.text) : std::nullopt;
    if (!number) return needs("$numberLong", "a whole number of 64 bits in a string");
    return appended(bson_append_int64(&field.into, field.key.data(), field.length(), *number));
}

Done double_number(const Field& field, const JsonNode& value) {
    const auto number = value.is(Kind::string) ? double_in(value.text) : std::nullopt;
    if (!number) return needs("$numberDouble", "a number, NaN, Infinity or -Infinity in a string");
    return appended(bson_append_double(&field.into, field.key.data(), field.length(), *number));
}

Done decimal(const Field& field, const JsonNode& value) {
    bson_decimal128_t number;
    if (!value.is(Kind::string) || !without_zero_byte(value.text) ||
        !bson_decimal128_from_string(value.text.c_str(), &number))
        return needs("$numberDecimal", "a number of at most 34 digits in a string");
    return appended(bson_append_decimal128(&field.into, field.key.data(), field.length(), &number));
}

Done append_binary(const Field& field, std::uint8_t subtype, std::span<const std::uint8_t> bytes) {
    return appended(bson_append_binary(&field.into, field.key.data(), field.length(),
                                       static_cast<bson_subtype_t>(subtype), bytes.data(),
                                       static_cast<std::uint32_t>(bytes.size())));
}

Done binary(const Field& field, const JsonNode& value) {
    const Pair parts = pair_in(value, "base64", "subType");
    if (!parts.are(Kind::string, Kind::string))
        return needs("$binary", "an object with the strings base64 and subType");
    const auto bytes = bytes_of_base64(parts.first->text);
    if (!bytes) return needs("$binary", "base64 with its padding");
    std::string digits = parts.second->text;
    if (digits.size() == 1) digits.insert(0, "0");
    const auto subtype = bytes_of_hex(digits);
    if (!subtype || subtype->size() != 1) return needs("$binary", "a subType of one or two hex digits");
    return append_binary(field, subtype->front(), *bytes);
}

Done uuid(const Field& field, const JsonNode& value) {
    std::string digits = value.text;
    bool dashed = value.is(Kind::string) && digits.size() == 36;
    for (const std::size_t dash : {23U, 18U, 13U, 8U}) {
        dashed = dashed && digits[dash] == '-';
        if (dashed) digits.erase(dash, 1);
    }
    const auto bytes = dashed ? bytes_of_hex(digits) : std::nullopt;
    if (!bytes) return needs("$uuid", "hex digits as in 00112233-4455-6677-8899-aabbccddeeff");
    return append_binary(field, BSON_SUBTYPE_UUID, *bytes);
}

std::optional<std::int64_t> milliseconds_in(const JsonNode& value) {
    if (value.is(Kind::number)) return number_in<std::int64_t>(value.text);
    if (value.is(Kind::string)) return parse_date(value.text);
    const bool wrapped = value.is(Kind::object) && value.children.size() == 1 &&
                         value.children[0].name == "$numberLong" && value.children[0].is(Kind::string);
    return wrapped ? number_in<std::int64_t>(value.children[0].text) : std::nullopt;
}

Done date(const Field& field, const JsonNode& value) {
    const auto milliseconds = milliseconds_in(value);
    if (!milliseconds)
        return needs("$date", "a date like 2026-01-31T09:05:00.123Z, or its milliseconds as a $numberLong");
    return appended(bson_append_date_time(&field.into, field.key.data(), field.length(), *milliseconds));
}

Done timestamp(const Field& field, const JsonNode& value) {
    const Pair parts = pair_in(value, "t", "i");
    const bool numbers = parts.are(Kind::number, Kind::number);
    const auto seconds = numbers ? number_in<std::uint32_t>(parts.first->text) : std::nullopt;
    const auto increment = numbers ? number_in<std::uint32_t>(parts.second->text) : std::nullopt;
    if (!seconds || !increment)
        return needs("$timestamp", "an object with t and i, whole numbers of 32 bits");
    return appended(
        bson_append_timestamp(&field.into, field.key.data(), field.length(), *seconds, *increment));
}

Done regex(const Field& field, const JsonNode& value) {
    const Pair parts = pair_in(value, "pattern", "options");
    if (!parts.are(Kind::string, Kind::string))
        return needs("$regularExpression", "an object with the strings pattern and options");
    return append_regex(field, *parts.first, parts.second->text);
}

Done db_pointer(const Field& field, const JsonNode& value) {
    const Pair parts = pair_in(value, "$ref", "$id");
    const JsonNode* id = parts.second;
    if (!parts.are(Kind::string, Kind::object) || id->children.size() != 1 ||
        id->children[0].name != "$oid" || !id->children[0].is(Kind::string) ||
        id->children[0].text.size() != 24 || !bson_oid_is_valid(id->children[0].text.c_str(), 24) ||
        !without_zero_byte(parts.first->text))
        return needs("$dbPointer", "an object with $ref, a string, and $id, an $oid");
    bson_oid_t oid;
    bson_oid_init_from_string(&oid, id->children[0].text.c_str());
    return appended(bson_append_dbpointer(&field.into, field.key.data(), field.length(),
                                          parts.first->text.c_str(), &oid));
}

Done minimum(const Field& field, const JsonNode& value) {
    if (!value.is(Kind::number) || value.text != "1") return needs("$minKey", "the number 1");
    return appended(bson_append_minkey(&field.into, field.key.data(), field.length()));
}

Done maximum(const Field& field, const JsonNode& value) {
    if (!value.is(Kind::number) || value.text != "1") return needs("$maxKey", "the number 1");
    return appended(bson_append_maxkey(&field.into, field.key.data(), field.length()));
}

Done undefined(const Field& field, const JsonNode& value) {
    if (!value.is(Kind::true_)) return needs("$undefined", "true");
    return appended(bson_append_undefined(&field.into, field.key.data(), field.length()));
}

constexpr std::array single_types{ExtendedType{"$oid", object_id},
                                  ExtendedType{"$symbol", symbol},
                                  ExtendedType{"$numberInt", int32},
                                  ExtendedType{"$numberLong", int64},
                                  ExtendedType{"$numberDouble", double_number},
                                  ExtendedType{"$numberDecimal", decimal},
                                  ExtendedType{"$binary", binary},
                                  ExtendedType{"$uuid", uuid},
                                  ExtendedType{"$date", date},
                                  ExtendedType{"$timestamp", timestamp},
                                  ExtendedType{"$regularExpression", regex},
                                  ExtendedType{"$dbPointer", db_pointer},
                                  ExtendedType{"$minKey", minimum},
                                  ExtendedType{"$maxKey", maximum},
                                  ExtendedType{"$undefined", undefined}};

}  // namespace

const ExtendedType* extended_type(std::string_view name) {
    const auto* const found = std::find_if(single_types.begin(), single_types.end(),
                                           [&](const ExtendedType& each) { return each.name == name; });
    return found == single_types.end() ? nullptr : found;
}

}  // namespace mim::bson
