#include "sandbox/query/filter.hpp"

#include <algorithm>

#include "sandbox/query/fields.hpp"
#include "sandbox/query/filter_check.hpp"
#include "sandbox/query/order.hpp"
#include "sandbox/query/path.hpp"
#include "sandbox/query/regex.hpp"

namespace mim::sandbox::query {
namespace {

bool matches_filter(bson::DocumentView document, bson::DocumentView filter);

template <class Predicate>
bool any(const Reached& reached, Predicate predicate) {
    return std::any_of(reached.values.begin(), reached.values.end(), predicate) ||
           std::any_of(reached.elements.begin(), reached.elements.end(), predicate);
}

bool is_null(const bson::ValueView& value) {
    return value.type() == bson::Type::null || value.type() == bson::Type::undefined;
}

bool fits_pattern(const bson::ValueView& value, const bson::ValueView& pattern, std::string_view options) {
    return value.string() && regex_matches(pattern, options, *value.string());
}

bool equals(const Reached& reached, const bson::ValueView& wanted) {
    if (wanted.type() == bson::Type::regex)
        return any(reached, [&](const auto& value) {
            return fits_pattern(value, wanted, {}) || compare(value, wanted) == 0;
        });
    if (is_null(wanted) && reached.missing) return true;
    return any(reached, [&](const auto& value) { return compare(value, wanted) == 0; });
}

bool in_list(const Reached& reached, const bson::ValueView& list) {
    const auto choices = *list.document();
    return any_field(choices, [&](const auto& choice) { return equals(reached, choice); });
}

template <class Test>
bool in_range(const Reached& reached, const bson::ValueView& limit, Test test) {
    return any(reached,
               [&](const auto& value) { return rank(value) == rank(limit) && test(compare(value, limit)); });
}

bool has_one_type(const bson::ValueView& value, const bson::ValueView& wanted) {
    if (const auto name = wanted.string())
        return *name == bson::type_name(value.type()) || (*name == "number" && value.is_number());
    const auto number = wanted.integer();
    constexpr std::int64_t min_key_alias = -1;
    if (number == min_key_alias) return value.type() == bson::Type::min_key;
    return number == static_cast<std::int64_t>(value.type());
}

bool has_type(const Reached& reached, const bson::ValueView& wanted) {
    if (wanted.type() != bson::Type::array)
        return any(reached, [&](const auto& value) { return has_one_type(value, wanted); });
    const auto types = *wanted.document();
    return any_field(types, [&](const auto& type) { return has_type(reached, type); });
}

bool has_size(const Reached& reached, const bson::ValueView& wanted) {
    return std::any_of(reached.values.begin(), reached.values.end(), [&](const auto& value) {
        return value.type() == bson::Type::array &&
               static_cast<std::int64_t>(value.document()->size()) == wanted.integer();
    });
}

bool satisfies(const Reached& reached, bson::DocumentView operators);

bool element_matches(const Reached& reached, const bson::ValueView& wanted) {
    const auto condition = *wanted.document();
    return std::any_of(reached.elements.begin(), reached.elements.end(), [&](const auto& element) {
        if (is_operators(wanted)) {
            Reached alone;
            alone.values.push_back(element);
            return satisfies(alone, condition);
        }
        return element.type() == bson::Type::document && matches_filter(*element.document(), condition);
    });
}

bool holds_all(const Reached& reached, const bson::ValueView& list) {
    const auto wanted = *list.document();
    return !wanted.empty() && all_fields(wanted, [&](const auto& each) { return equals(reached, each); });
}

bool is_negation_of(const Reached& reached, const bson::ValueView& wanted) {
    return wanted.type() == bson::Type::regex ? equals(reached, wanted)
                                              : satisfies(reached, *wanted.document());
}

bool satisfies_pattern(const Reached& reached, const bson::ValueView& pattern, bson::DocumentView all) {
    const auto options = all.find("$options");
    const auto letters = options ? options->string().value_or(std::string_view{}) : std::string_view{};
    return any(reached, [&](const auto& value) { return fits_pattern(value, pattern, letters); });
}

bool satisfies_one(const Reached& reached, const bson::ValueView& each, bson::DocumentView all) {
    const auto name = each.key();
    if (name == "$eq") return equals(reached, each);
    if (name == "$ne") return !equals(reached, each);
    if (name == "$in") return in_list(reached, each);
    if (name == "$nin") return !in_list(reached, each);
    if (name == "$gt") return in_range(reached, each, [](int order) { return order > 0; });
    if (name == "$gte") return in_range(reached, each, [](int order) { return order >= 0; });
    if (name == "$lt") return in_range(reached, each, [](int order) { return order < 0; });
    if (name == "$lte") return in_range(reached, each, [](int order) { return order <= 0; });
    if (name == "$exists") return each.truthy() == !reached.values.empty();
    if (name == "$type") return has_type(reached, each);
    if (name == "$size") return has_size(reached, each);
    if (name == "$all") return holds_all(reached, each);
    if (name == "$elemMatch") return element_matches(reached, each);
    if (name == "$not") return !is_negation_of(reached, each);
    if (name == "$regex") return satisfies_pattern(reached, each, all);
    return name == "$options";
}

bool satisfies(const Reached& reached, bson::DocumentView operators) {
    return all_fields(operators, [&](const auto& each) { return satisfies_one(reached, each, operators); });
}

bool clause_matches(bson::DocumentView document, const bson::ValueView& field) {
    const auto clauses = *field.document();
    const auto matches = [&](const auto& clause) { return matches_filter(document, *clause.document()); };
    if (field.key() == "$and") return all_fields(clauses, matches);
    const bool some = any_field(clauses, matches);
    return field.key() == "$or" ? some : !some;
}

bool matches_filter(bson::DocumentView document, bson::DocumentView filter) {
    return all_fields(filter, [&](const auto& field) {
        if (field.key() == "$comment") return true;
        if (field.key().starts_with('$')) return clause_matches(document, field);
        const Reached reached = reach(document, field.key());
        return is_operators(field) ? satisfies(reached, *field.document()) : equals(reached, field);
    });
}

}  // namespace

Answer<Filter> Filter::parse(bson::DocumentView filter) {
    MIM_CHECK(check_filter(filter));
    return Filter(filter);
}

bool Filter::matches(bson::DocumentView document) const {
    return matches_filter(document, source_);
}

}  // namespace mim::sandbox::query
