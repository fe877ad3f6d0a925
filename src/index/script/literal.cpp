#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "base/time.hpp"
#include "bson/json.hpp"
#include "bson/text_forms.hpp"
#include "index/script/script.hpp"
#include "index/script/script_text.hpp"

namespace mim::index {
namespace {

using bson::Type;
using bson::ValueView;

std::string double_literal(double number) {
    if (std::isnan(number)) return "Double(NaN)";
    if (std::isinf(number)) return number > 0 ? "Double(Infinity)" : "Double(-Infinity)";
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return "Double(" + std::string(digits.data(), end) + ")";
}

std::string decimal_literal(const bson_iter_t& position) {
    bson_decimal128_t decimal;
    bson_iter_decimal128(&position, &decimal);
    char text[BSON_DECIMAL128_STRING];
    bson_decimal128_to_string(&decimal, text);
    return "Decimal128(" + string_literal(text) + ")";
}

// ISODate reads four-digit years only; whatever lies beyond is given by its milliseconds.
std::string date_literal(std::int64_t milliseconds) {
    constexpr std::int64_t year_1 = -62135596800000, year_10000 = 253402300800000;
    if (milliseconds < year_1 || milliseconds >= year_10000) {
        return "new Date(" + std::to_string(milliseconds) + ")";
    }
    return "ISODate(" + string_literal(to_rfc3339(Timestamp(std::chrono::milliseconds(milliseconds)))) + ")";
}

std::string binary_literal(const bson_iter_t& position) {
    bson_subtype_t subtype = BSON_SUBTYPE_BINARY;
    std::uint32_t length = 0;
    const std::uint8_t* data = nullptr;
    bson_iter_binary(&position, &subtype, &length, &data);
    const std::span<const std::uint8_t> bytes(data, length);
    if (subtype != BSON_SUBTYPE_UUID || length != 16) {
        return "BinData(" + std::to_string(static_cast<int>(subtype)) + ", " +
               string_literal(bson::base64_text(bytes)) + ")";
    }
    std::string digits = bson::hex_text(bytes);
    for (const std::size_t dash : {20U, 16U, 12U, 8U}) digits.insert(dash, "-");
    return "UUID(" + string_literal(digits) + ")";
}

std::string regex_literal(const bson_iter_t& position) {
    const char* options = nullptr;
    const char* pattern = bson_iter_regex(&position, &options);
    return "BSONRegExp(" + string_literal(pattern) + ", " + string_literal(options) + ")";
}

std::string timestamp_literal(const bson_iter_t& position) {
    std::uint32_t seconds = 0, increment = 0;
    bson_iter_timestamp(&position, &seconds, &increment);
    return "Timestamp({t: " + std::to_string(seconds) + ", i: " + std::to_string(increment) + "})";
}

std::string code_literal(const bson_iter_t& position) {
    std::uint32_t length = 0;
    const char* text = bson_iter_code(&position, &length);
    return "Code(" + string_literal({text, length}) + ")";
}

std::string scoped_code_literal(const bson_iter_t& position) {
    std::uint32_t length = 0, scope_length = 0;
    const std::uint8_t* scope = nullptr;
    const char* text = bson_iter_codewscope(&position, &length, &scope_length, &scope);
    return "Code(" + string_literal({text, length}) + ", " +
           mongosh_literal(bson::DocumentView({scope, scope_length})) + ")";
}

// The types that mongosh has no constructor for.
std::string parsed_literal(const ValueView& value) {
    return "EJSON.parse(" + string_literal("{\"v\":" + bson::to_json(value) + "}") + ", {relaxed: false}).v";
}

std::string array_literal(bson::DocumentView array) {
    std::string text = "[";
    for (const auto value : array) {
        if (text.size() > 1) text += ", ";
        text += mongosh_literal(value);
    }
    return text + "]";
}

std::string object_id_literal(const bson_iter_t& position) {
    const bson_oid_t* id = bson_iter_oid(&position);
    return "ObjectId(" + string_literal(bson::hex_text({id->bytes, sizeof id->bytes})) + ")";
}

}  // namespace

std::string mongosh_literal(const ValueView& value) {
    const bson_iter_t& position = value.position();
    switch (value.type()) {
        case Type::double_:
            return double_literal(bson_iter_double(&position));
        case Type::string:
            return string_literal(*value.string());
        case Type::document:
            return mongosh_literal(*value.document());
        case Type::array:
            return array_literal(*value.document());
        case Type::binary:
            return binary_literal(position);
        case Type::object_id:
            return object_id_literal(position);
        case Type::boolean:
            return bson_iter_bool(&position) ? "true" : "false";
        case Type::date:
            return date_literal(bson_iter_date_time(&position));
        case Type::null:
            return "null";
        case Type::regex:
            return regex_literal(position);
        case Type::code:
            return code_literal(position);
        case Type::code_with_scope:
            return scoped_code_literal(position);
        case Type::int32:
            return std::to_string(bson_iter_int32(&position));
        case Type::timestamp:
            return timestamp_literal(position);
        case Type::int64:
            return "Long(" + string_literal(std::to_string(bson_iter_int64(&position))) + ")";
        case Type::decimal128:
            return decimal_literal(position);
        case Type::min_key:
            return "MinKey()";
        case Type::max_key:
            return "MaxKey()";
        case Type::undefined:
        case Type::db_pointer:
        case Type::symbol:
            break;
    }
    return parsed_literal(value);
}

}  // namespace mim::index
