#include "sandbox/query/filter_check.hpp"

#include <algorithm>
#include <array>

#include "bson/elements.hpp"
#include "sandbox/query/regex.hpp"

namespace mim::sandbox::query {
namespace {

constexpr std::array<std::string_view, 8> plain{"$eq", "$ne",  "$gt",     "$gte",
                                                "$lt", "$lte", "$exists", "$options"};

Refusal bad(std::string text) {
    return refuse(server_code::bad_value, std::move(text));
}

Accepted check_operators(bson::DocumentView operators);

Accepted check_list(const bson::ValueView& value) {
    if (value.type() != bson::Type::array) return bad(std::string(value.key()) + " needs an array");
    for (const auto element : bson::elements(value)) {
        if (is_operators(element)) return bad("cannot nest $ under " + std::string(value.key()));
    }
    return {};
}

Accepted check_not(const bson::ValueView& value) {
    if (value.type() == bson::Type::regex) return {};
    if (!is_operators(value)) return bad("$not needs a regex or a document");
    return check_operators(*value.document());
}

Accepted check_element_match(const bson::ValueView& value) {
    if (value.type() != bson::Type::document) return bad("$elemMatch needs an Object");
    return is_operators(value) ? check_operators(*value.document()) : check_filter(*value.document());
}

Accepted check_pattern(const bson::ValueView& value) {
    if (value.type() != bson::Type::regex && !value.string()) return bad("$regex has to be a string");
    if (!regex_is_valid(value)) return refuse(51091, "Regular expression is invalid");
    return {};
}

Accepted check_operator(const bson::ValueView& value) {
    const auto name = value.key();
    if (std::find(plain.begin(), plain.end(), name) != plain.end()) return {};
    if (name == "$in" || name == "$nin" || name == "$all") return check_list(value);
    if (name == "$not") return check_not(value);
    if (name == "$elemMatch") return check_element_match(value);
    if (name == "$regex") return check_pattern(value);
    if (name == "$size")
        return value.integer() ? Accepted{} : bad("Failed to parse $size. Expected an integer");
    if (name == "$type")
        return value.is_number() || value.string() || value.type() == bson::Type::array
                   ? Accepted{}
                   : refuse(server_code::type_mismatch, "type must be represented as a number or a string");
    return bad("unknown operator: " + std::string(name));
}

Accepted check_operators(bson::DocumentView operators) {
    for (const auto each : operators) MIM_CHECK(check_operator(each));
    return {};
}

Accepted check_clauses(const bson::ValueView& value) {
    if (value.type() != bson::Type::array || value.document()->empty())
        return bad(std::string(value.key()) + " must be a nonempty array");
    for (const auto clause : bson::elements(value)) {
        if (clause.type() != bson::Type::document)
            return bad("$or/$and/$nor entries need to be full objects");
        MIM_CHECK(check_filter(*clause.document()));
    }
    return {};
}

}  // namespace

bool is_operators(const bson::ValueView& value) {
    if (value.type() != bson::Type::document) return false;
    const auto inside = *value.document();
    if (inside.empty()) return false;
    const std::string_view first = (*inside.begin()).key();
    return first.starts_with('$') && first != "$ref" && first != "$id" && first != "$db";
}

Accepted check_filter(bson::DocumentView filter) {
    for (const auto field : filter) {
        const auto name = field.key();
        if (name == "$and" || name == "$or" || name == "$nor") {
            MIM_CHECK(check_clauses(field));
        } else if (name == "$comment") {
            continue;
        } else if (name.starts_with('$')) {
            return bad("unknown top level operator: " + std::string(name) +
                       ". If you have a field name that starts with a '$' symbol, consider using $getField "
                       "or $setField.");
        } else if (is_operators(field)) {
            MIM_CHECK(check_operators(*field.document()));
        } else if (field.type() == bson::Type::regex) {
            MIM_CHECK(check_pattern(field));
        }
    }
    return {};
}

}  // namespace mim::sandbox::query
