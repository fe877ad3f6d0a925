#include "bson/value.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "bson/document.hpp"

namespace mim::bson {
namespace {

double decimal_as_double(const bson_iter_t& position) {
    bson_decimal128_t decimal;
    if (!bson_iter_decimal128(&position, &decimal)) return std::nan("");
    char text[BSON_DECIMAL128_STRING];
    bson_decimal128_to_string(&decimal, text);
    return std::strtod(text, nullptr);
}

// The bytes of a value without its key, which ends with a NUL.
std::span<const std::uint8_t> value_bytes(const bson_iter_t& position) {
    const std::uint32_t from = position.key + bson_iter_key_len(&position) + 1;
    return {position.raw + from, position.next_off - from};
}

bool numbers_equal(const ValueView& left, const ValueView& right) {
    const auto left_integer = left.integer(), right_integer = right.integer();
    if (left_integer && right_integer) return *left_integer == *right_integer;
    if (left_integer.has_value() != right_integer.has_value()) return false;
    const double a = *left.number(), b = *right.number();
    return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

std::string_view type_name(Type type) {
    switch (type) {
        case Type::double_:
            return "double";
        case Type::string:
            return "string";
        case Type::document:
            return "object";
        case Type::array:
            return "array";
        case Type::binary:
            return "binData";
        case Type::undefined:
            return "undefined";
        case Type::object_id:
            return "objectId";
        case Type::boolean:
            return "bool";
        case Type::date:
            return "date";
        case Type::null:
            return "null";
        case Type::regex:
            return "regex";
        case Type::db_pointer:
            return "dbPointer";
        case Type::code:
            return "javascript";
        case Type::symbol:
            return "symbol";
        case Type::code_with_scope:
            return "javascriptWithScope";
        case Type::int32:
            return "int";
        case Type::timestamp:
            return "timestamp";
        case Type::int64:
            return "long";
        case Type::decimal128:
            return "decimal";
        case Type::max_key:
            return "maxKey";
        case Type::min_key:
            return "minKey";
    }
    return "unknown";
}

Type ValueView::type() const {
    return static_cast<Type>(bson_iter_type(&position_));
}

bool ValueView::is_number() const {
    switch (type()) {
        case Type::int32:
        case Type::int64:
        case Type::double_:
        case Type::decimal128:
            return true;
        default:
            return false;
    }
}

std::optional<double> ValueView::number() const {
    switch (type()) {
        case Type::int32:
            return bson_iter_int32(&position_);
        case Type::int64:
            return static_cast<double>(bson_iter_int64(&position_));
        case Type::double_:
            return bson_iter_double(&position_);
        case Type::decimal128:
            return decimal_as_double(position_);
        default:
            return std::nullopt;
    }
}

std::optional<std::int64_t> ValueView::integer() const {
    if (type() == Type::int32) return bson_iter_int32(&position_);
    if (type() == Type::int64) return bson_iter_int64(&position_);
    const auto value = number();
    constexpr double limit = 9223372036854775808.0;  // 2^63, exactly a double
    if (!value || !std::isfinite(*value) || std::trunc(*value) != *value || *value >= limit ||
        *value < -limit)
        return std::nullopt;
    return static_cast<std::int64_t>(*value);
}

std::optional<bool> ValueView::boolean() const {
    if (type() != Type::boolean) return std::nullopt;
    return bson_iter_bool(&position_);
}

std::optional<std::string_view> ValueView::string() const {
    if (type() != Type::string) return std::nullopt;
    std::uint32_t length = 0;
    const char* text = bson_iter_utf8(&position_, &length);
    return std::string_view(text, length);
}

std::optional<DocumentView> ValueView::document() const {
    const std::uint8_t* data = nullptr;
    std::uint32_t length = 0;
    if (type() == Type::document) {
        bson_iter_document(&position_, &length, &data);
    } else if (type() == Type::array) {
        bson_iter_array(&position_, &length, &data);
    } else {
        return std::nullopt;
    }
    return DocumentView({data, length});
}

bool ValueView::truthy() const {
    switch (type()) {
        case Type::boolean:
            return bson_iter_bool(&position_);
        case Type::null:
        case Type::undefined:
            return false;
        default: {
            const auto value = number();
            return !value || *value != 0.0;
        }
    }
}

bool identical(const ValueView& left, const ValueView& right) {
    if (left.type() != right.type()) return false;
    const auto a = value_bytes(left.position()), b = value_bytes(right.position());
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size()) == 0;
}

bool equal_by_value(const ValueView& left, const ValueView& right) {
    if (left.is_number() && right.is_number()) return numbers_equal(left, right);
    if (left.type() != right.type()) return false;
    const auto a = left.document(), b = right.document();
    return a && b ? equal_by_value(*a, *b) : identical(left, right);
}

}  // namespace mim::bson
