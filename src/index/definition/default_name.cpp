#include <array>
#include <charconv>
#include <cmath>

#include "bson/json.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {
namespace {

// Digits without a point, and how many of them stand before it.
struct Shortest {
    std::string digits;
    int before_point = 0;
};

// The fewest digits that mean this number alone. `number` is positive and finite.
Shortest shortest(double number) {
    std::array<char, 32> buffer{};
    const auto* const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific)
            .ptr;
    const std::string_view written(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const auto exponent_at = written.find('e');
    auto exponent = written.substr(exponent_at + 1);
    if (exponent.front() == '+') exponent.remove_prefix(1);
    Shortest result;
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), result.before_point);
    ++result.before_point;
    for (const char letter : written.substr(0, exponent_at)) {
        if (letter != '.') result.digits += letter;
    }
    return result;
}

std::string with_exponent(const Shortest& number) {
    std::string text = number.digits.substr(0, 1);
    if (number.digits.size() > 1) text += "." + number.digits.substr(1);
    const int exponent = number.before_point - 1;
    return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

std::string in_full(const Shortest& number) {
    const auto& digits = number.digits;
    if (number.before_point <= 0)
        return "0." + std::string(static_cast<std::size_t>(-number.before_point), '0') + digits;
    const auto whole = static_cast<std::size_t>(number.before_point);
    if (digits.size() <= whole) return digits + std::string(whole - digits.size(), '0');
    return digits.substr(0, whole) + "." + digits.substr(whole);
}

// As JavaScript writes a number, since mongosh puts it into the name so. Source: ECMA-262, Number::toString.
std::string in_javascript(double number) {
    constexpr int longest_whole = 21, deepest_fraction = -6;
    if (std::isnan(number)) return "NaN";
    if (number == 0) return "0";
    if (number < 0) return "-" + in_javascript(-number);
    if (std::isinf(number)) return "Infinity";
    const auto parts = shortest(number);
    const bool plain = parts.before_point <= longest_whole && parts.before_point > deepest_fraction;
    return plain ? in_full(parts) : with_exponent(parts);
}

std::string decimal_text(const bson::ValueView& value) {
    bson_decimal128_t decimal;
    bson_iter_decimal128(&value.position(), &decimal);
    std::array<char, BSON_DECIMAL128_STRING> written{};
    bson_decimal128_to_string(&decimal, written.data());
    return written.data();
}

std::string name_part(const bson::ValueView& value) {
    if (const auto word = value.string()) return std::string(*word);
    if (value.type() == bson::Type::double_) return in_javascript(*value.number());
    if (value.type() == bson::Type::decimal128) return decimal_text(value);
    if (value.is_number()) return std::to_string(*value.integer());
    return bson::to_json(value, bson::JsonForm::relaxed);
}

}  // namespace

std::string default_name(bson::DocumentView key) {
    std::string name;
    for (const auto field : key) {
        if (!name.empty()) name += '_';
        name.append(field.key()).append("_").append(name_part(field));
    }
    return name;
}

}  // namespace mim::index
