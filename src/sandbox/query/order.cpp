#include "sandbox/query/order.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/ascii.hpp"
#include "bson/builder.hpp"

namespace mim::sandbox::query {
namespace {

int sign(bool less, bool greater) {
    return less ? -1 : (greater ? 1 : 0);
}

std::string bytes_of(const bson::ValueView& value) {
    return bson::Builder().add("", value).take().byte_string();
}

int compare_numbers(const bson::ValueView& left, const bson::ValueView& right) {
    const auto whole_left = left.integer(), whole_right = right.integer();
    if (whole_left && whole_right) return sign(*whole_left<*whole_right, *whole_left> * whole_right);
    const double a = left.number().value_or(0), b = right.number().value_or(0);
    if (std::isnan(a) || std::isnan(b))
        return sign(std::isnan(a) && !std::isnan(b), !std::isnan(a) && std::isnan(b));
    return sign(a<b, a> b);
}

int compare_documents(bson::DocumentView left, bson::DocumentView right) {
    auto a = left.begin(), b = right.begin();
    for (; a != left.end() && b != right.end(); ++a, ++b) {
        const bson::ValueView first = *a, second = *b;
        if (const int by_rank = rank(first) - rank(second); by_rank != 0) return by_rank;
        if (const int by_name = first.key().compare(second.key()); by_name != 0) return by_name;
        if (const int by_value = compare(first, second); by_value != 0) return by_value;
    }
    return sign(a == left.end() && b != right.end(), a != left.end() && b == right.end());
}

std::string_view text_of(const bson::ValueView& value) {
    std::uint32_t length = 0;
    const char* text = value.type() == bson::Type::symbol ? bson_iter_symbol(&value.position(), &length)
                                                          : bson_iter_utf8(&value.position(), &length);
    return {text, length};
}

std::string folded(std::string_view text, Letters letters) {
    return letters == Letters::exact ? std::string(text) : ascii::lower(text);
}

std::string with_length(const std::string& text) {
    return std::to_string(text.size()) + ":" + text;
}

}  // namespace

int rank(const bson::ValueView& value) {
    using bson::Type;
    switch (value.type()) {
        case Type::min_key:
            return 0;
        case Type::undefined:
        case Type::null:
            return 5;
        case Type::double_:
        case Type::int32:
        case Type::int64:
        case Type::decimal128:
            return 10;
        case Type::string:
        case Type::symbol:
            return 15;
        case Type::document:
            return 20;
        case Type::array:
            return 25;
        case Type::binary:
            return 30;
        case Type::object_id:
            return 35;
        case Type::boolean:
            return 40;
        case Type::date:
            return 45;
        case Type::timestamp:
            return 47;
        case Type::regex:
            return 50;
        case Type::db_pointer:
            return 55;
        case Type::code:
            return 60;
        case Type::code_with_scope:
            return 65;
        case Type::max_key:
            return 127;
    }
    return 126;
}

int compare(const bson::ValueView& left, const bson::ValueView& right) {
    if (const int by_rank = rank(left) - rank(right); by_rank != 0) return by_rank;
    switch (rank(left)) {
        case 0:
        case 5:
        case 127:
            return 0;
        case 10:
            return compare_numbers(left, right);
        case 15:
            return text_of(left).compare(text_of(right));
        case 20:
        case 25:
            return compare_documents(*left.document(), *right.document());
        case 40:
            return sign(left.boolean() < right.boolean(), left.boolean() > right.boolean());
        case 45: {
            const auto a = bson_iter_date_time(&left.position()), b = bson_iter_date_time(&right.position());
            return sign(a<b, a> b);
        }
        default:
            return bytes_of(left).compare(bytes_of(right));
    }
}

int compare(const std::optional<bson::ValueView>& left, const std::optional<bson::ValueView>& right) {
    if (left && right) return compare(*left, *right);
    constexpr int null_rank = 5;
    if (!left && !right) return 0;
    return left ? rank(*left) - null_rank : null_rank - rank(*right);
}

Letters letters_of(const std::optional<bson::DocumentView>& collation) {
    const auto strength = collation ? collation->find("strength") : std::nullopt;
    constexpr std::int64_t ignores_case = 2;
    return strength && strength->integer().value_or(3) <= ignores_case ? Letters::folded : Letters::exact;
}

std::string key_text(const std::optional<bson::ValueView>& value, Letters letters) {
    if (!value || rank(*value) == 5) return "null";
    if (value->is_number()) {
        if (const auto whole = value->integer()) return "#" + std::to_string(*whole);
        const double number = value->number().value_or(0);
        if (std::isnan(number)) return "#nan";
        char bits[sizeof number];
        std::memcpy(bits, &number, sizeof number);
        return "~" + std::string(bits, sizeof bits);
    }
    const std::string prefix = std::to_string(rank(*value)) + "|";
    if (rank(*value) == 15) return prefix + with_length(folded(text_of(*value), letters));
    if (const auto document = value->document()) {
        std::string text = prefix + "{";
        for (const auto field : *document)
            text += with_length(std::string(field.key())) + key_text(field, letters) + ",";
        return text + "}";
    }
    return prefix + with_length(bytes_of(*value));
}

}  // namespace mim::sandbox::query
