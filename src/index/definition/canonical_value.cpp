#include "index/definition/canonical_value.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/ascii.hpp"
#include "bson/json.hpp"

namespace mim::index {
namespace {

template <class Number>
void append_plain(std::string& text, Number number) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    text.append(buffer, end);
}

void append_double(std::string& text, double number) {
    constexpr double limit = 9223372036854775808.0;  // 2^63
    if (std::isnan(number)) {
        text += "NaN";
    } else if (std::isinf(number)) {
        text += number > 0 ? "Infinity" : "-Infinity";
    } else if (std::trunc(number) == number && number < limit && number >= -limit) {
        append_plain(text, static_cast<std::int64_t>(number));
    } else {
        append_plain(text, number);
    }
}

// digits * 10^exponent, with no zero at either end of `digits`; empty digits = 0.
struct DecimalParts {
    std::string digits;
    int exponent = 0;
    bool negative = false;
    friend bool operator==(const DecimalParts&, const DecimalParts&) = default;
};

// Of "-1.50", "1.5E+3", "2.50e+01": what libbson and printf write for finite numbers.
DecimalParts decimal_parts(std::string_view written) {
    DecimalParts parts;
    bool after_point = false;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const char letter = written[i];
        if (letter == 'E' || letter == 'e') {
            parts.exponent += std::atoi(std::string(written.substr(i + 1)).c_str());
            break;
        }
        if (letter == '-') parts.negative = true;
        if (letter == '.') after_point = true;
        if (!ascii::is_digit(letter)) continue;
        parts.digits += letter;
        if (after_point) --parts.exponent;
    }
    parts.digits.erase(0, parts.digits.find_first_not_of('0'));
    while (!parts.digits.empty() && parts.digits.back() == '0') {
        parts.digits.pop_back();
        ++parts.exponent;
    }
    return parts;
}

// A decimal that is exactly an int64 or a double is spelled like it; 0.1 is neither.
void append_decimal(std::string& text, const bson::ValueView& value) {
    bson_decimal128_t decimal;
    bson_iter_decimal128(&value.position(), &decimal);
    char written[BSON_DECIMAL128_STRING];
    bson_decimal128_to_string(&decimal, written);
    const double nearest = std::strtod(written, nullptr);
    if (std::isnan(nearest) || std::string_view(written).find("Inf") != std::string_view::npos) {
        return append_double(text, nearest);
    }
    const auto parts = decimal_parts(written);
    if (parts.digits.empty()) return append_plain(text, 0);
    if (parts.exponent >= 0 && parts.digits.size() + static_cast<std::size_t>(parts.exponent) <= 19) {
        const std::string whole = (parts.negative ? "-" : "") + parts.digits +
                                  std::string(static_cast<std::size_t>(parts.exponent), '0');
        std::int64_t integer = 0;
        if (std::from_chars(whole.data(), whole.data() + whole.size(), integer).ec == std::errc{}) {
            return append_plain(text, integer);
        }
    }
    // 40 digits tell any double apart from a decimal, which has 34.
    char exact[64];
    std::snprintf(exact, sizeof exact, "%.40e", nearest);
    if (std::isfinite(nearest) && decimal_parts(exact) == parts) return append_double(text, nearest);
    text.append("Decimal(").append(parts.negative ? "-" : "").append(parts.digits).append("E");
    append_plain(text, parts.exponent);
    text += ')';
}

void append_array(std::string& text, bson::DocumentView array) {
    text += '[';
    bool first = true;
    for (const auto value : array) {
        if (!first) text += ',';
        first = false;
        append_value(text, value);
    }
    text += ']';
}

}  // namespace

void append_quoted(std::string& text, std::string_view raw) {
    text += '"';
    for (const char letter : raw) {
        const auto code = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            text += '\\';
            text += letter;
        } else if (code < 0x20) {
            text.append("\\u00");
            ascii::append_hex(text, letter);
        } else {
            text += letter;
        }
    }
    text += '"';
}

void append_value(std::string& text, const bson::ValueView& value) {
    switch (value.type()) {
        case bson::Type::int32:
        case bson::Type::int64:
            return append_plain(text, *value.integer());
        case bson::Type::double_:
            return append_double(text, *value.number());
        case bson::Type::decimal128:
            return append_decimal(text, value);
        case bson::Type::string:
            return append_quoted(text, *value.string());
        case bson::Type::document:
            return append_document(text, *value.document());
        case bson::Type::array:
            return append_array(text, *value.document());
        case bson::Type::boolean:
            text += *value.boolean() ? "true" : "false";
            return;
        case bson::Type::null:
            text += "null";
            return;
        default:
            // The type's name before it: the Extended JSON of an ObjectId is also a document that one may
            // write.
            text.append(bson::type_name(value.type())).append("(").append(bson::to_json(value)).append(")");
    }
}

void append_document(std::string& text, bson::DocumentView document) {
    text += '{';
    bool first = true;
    for (const auto value : document) {
        if (!first) text += ',';
        first = false;
        append_quoted(text, value.key());
        text += ':';
        append_value(text, value);
    }
    text += '}';
}

}  // namespace mim::index
