#include <algorithm>
#include <array>

#include "index/definition/filter_expression.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int deepest_filter = 4;  // the server parameter internalPartialFilterExpressionMaxDepth
constexpr std::string_view filter_option = "partialFilterExpression";

template <std::size_t size>
bool among(const std::array<std::string_view, size>& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

// A `$all` of values is no leaf: it was parsed into equalities.
constexpr std::array<std::string_view, 7> always_allowed{"$eq",  "$gt",     "$gte", "$lt",
                                                         "$lte", "$exists", "$type"};
constexpr std::array<std::string_view, 3> allowed_since_6_0{"$in", "$geoWithin", "$geoIntersects"};
constexpr std::array<std::string_view, 2> banned{"$expr", "$jsonSchema"};
// They need what a filter has not: JavaScript, or an index of a special kind.
constexpr std::array<std::string_view, 5> out_of_place{"$where", "$text", "$near", "$nearSphere", "$geoNear"};
// Operators that exist, yet not in a filter.
constexpr std::array<std::string_view, 17> known_elsewhere{
    "$ne",           "$nin",        "$not",         "$nor",        "$regex",      "$options",
    "$mod",          "$size",       "$elemMatch",   "$bitsAllSet", "$bitsAnySet", "$bitsAllClear",
    "$bitsAnyClear", "$alwaysTrue", "$alwaysFalse", "$sampleRate", "$within"};

std::string where(const FilterNode& node) {
    std::string field(filter_option);
    if (!node.path.empty()) field += "." + std::string(node.path);
    return field + (node.operation == "$eq" ? "" : "." + std::string(node.operation));
}

Rejection not_allowed(const FilterNode& node, const Candidate& candidate) {
    const std::string list =
        candidate.since(version_6_0)
            ? "equality, $all, $gt, $gte, $lt, $lte, $in, $exists: true, $type, $and and $or"
            : "equality, $all, $gt, $gte, $lt, $lte, $exists: true, $type and $and at the top";
    return refuse(where(node),
                  in_quotes(node.operation) + " cannot stand in a partial filter: use " + list + ".");
}

bool names_a_type(const bson::ValueView& value) {
    if (const auto alias = value.string()) return type_number(*alias).has_value();
    const auto number = value.integer();
    return number && (*number == -1 || *number == 127 || (*number >= 1 && *number <= 19));
}

bool names_types(const bson::ValueView& operand) {
    if (operand.type() != bson::Type::array) return names_a_type(operand);
    const auto listed = *operand.document();
    for (const auto value : listed) {
        if (!names_a_type(value)) return false;
    }
    return !listed.empty();
}

Verdict check_type_operand(const FilterNode& node) {
    if (names_types(*node.operand)) return std::nullopt;
    return refuse(server_code::bad_value, where(node),
                  "'$type' needs the name or number of a BSON type, such as \"string\".");
}

Verdict check_operand(const FilterNode& node) {
    const auto& operand = *node.operand;
    if (node.operation == "$exists" && !operand.truthy()) {
        return refuse(
            where(node),
            "'$exists: false' cannot stand in a partial filter: use '$exists: true' or another condition.");
    }
    if (node.operation == "$type") return check_type_operand(node);
    if (node.operation == "$in" && operand.type() != bson::Type::array) {
        return refuse(server_code::bad_value, where(node), "'$in' needs an array of values.");
    }
    const bool geometry = node.operation == "$geoWithin" || node.operation == "$geoIntersects";
    if (geometry && operand.type() != bson::Type::document) {
        return refuse(server_code::bad_value, where(node),
                      in_quotes(node.operation) + " needs an object with a geometry.");
    }
    return std::nullopt;
}

bool asks_elements(const bson::ValueView& value) {
    return is_operator_object(value) && (*value.document()->begin()).key() == "$elemMatch";
}

// One that is not equalities alone. The server's parser knows `$elemMatch` in it, for all elements or none.
Verdict check_all_operand(const FilterNode& node, const Candidate& candidate) {
    const auto values = node.operand->type() == bson::Type::array ? node.operand->document() : std::nullopt;
    if (!values) return refuse(server_code::bad_value, where(node), "'$all' needs an array of values.");
    std::size_t operators = 0, element_matches = 0;
    for (const auto value : *values) {
        if (is_operator_object(value)) ++operators;
        if (asks_elements(value)) ++element_matches;
    }
    const bool all_match_elements = element_matches == values->size();
    if (operators == 0 || all_match_elements) return not_allowed(node, candidate);
    return refuse(server_code::bad_value, where(node),
                  "'$all' takes values, not conditions: write the conditions side by side.");
}

Verdict check_leaf(const FilterNode& node, const Candidate& candidate) {
    const auto operation = node.operation;
    if (among(banned, operation) || among(out_of_place, operation)) {
        const bool is_banned = among(banned, operation);
        return refuse(
            is_banned ? server_code::query_feature_not_allowed : server_code::bad_value, where(node),
            in_quotes(operation) + " is not allowed in a partial filter: use plain conditions on fields.");
    }
    if (operation == "$all") return check_all_operand(node, candidate);
    if (node.is_junction()) {
        return refuse(server_code::bad_value, where(node),
                      in_quotes(operation) + " needs a non-empty array of conditions.");
    }
    const bool recent = among(allowed_since_6_0, operation);
    if (among(always_allowed, operation) || (recent && candidate.since(version_6_0)))
        return check_operand(node);
    if (recent || among(known_elsewhere, operation)) return not_allowed(node, candidate);
    return refuse(server_code::bad_value, where(node),
                  in_quotes(operation) + " is not a query operator: check the spelling.");
}

Verdict check_node(const FilterNode& node, int level, const Candidate& candidate) {
    if (node.operand) return check_leaf(node, candidate);
    if (!candidate.since(version_6_0) && (node.operation == "$or" || level > 0))
        return not_allowed(node, candidate);
    for (const auto& child : node.children) {
        if (auto verdict = check_node(child, level + 1, candidate)) return verdict;
    }
    return std::nullopt;
}

}  // namespace

// Source: mongo src/mongo/db/catalog/index_catalog_impl.cpp (_checkValidFilterExpressions).
Verdict check_partial_filter(const Candidate& candidate) {
    const auto filter = candidate.option(filter_option);
    if (!filter) return std::nullopt;
    const auto tree = parse_filter(*filter->document());
    if (auto verdict = check_node(tree, 0, candidate)) return verdict;
    // As it is written: the server counts before it merges anything.
    if (depth_of(tree) > deepest_filter) {
        return refuse(std::string(filter_option),
                      "A partial filter is at most 4 levels deep, the conditions being one of them: merge "
                      "nested $and and $or.");
    }
    return std::nullopt;
}

}  // namespace mim::index
