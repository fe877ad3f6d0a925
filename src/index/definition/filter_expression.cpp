#include "index/definition/filter_expression.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mim::index {
namespace {

std::optional<std::vector<FilterNode>> branches(const bson::ValueView& value) {
    if (value.type() != bson::Type::array || value.document()->empty()) return std::nullopt;
    std::vector<FilterNode> nodes;
    const auto listed = *value.document();
    for (const auto branch : listed) {
        if (branch.type() != bson::Type::document) return std::nullopt;
        nodes.push_back(parse_filter(*branch.document()));
    }
    return nodes;
}

FilterNode parse_top_level_operator(const bson::ValueView& value) {
    FilterNode node{value.key(), {}, {}, {}};
    auto children = value.key() == "$and" || value.key() == "$or" ? branches(value) : std::nullopt;
    if (children) {
        node.children = std::move(*children);
    } else {
        node.operand = value;
    }
    return node;
}

// `$all` of values is an equality for each of them; none for an empty one and one that asks for more.
std::optional<FilterNode> equalities(const bson::ValueView& predicate, std::string_view path) {
    if (predicate.key() != "$all" || predicate.type() != bson::Type::array) return std::nullopt;
    FilterNode all{"$and", {}, {}, {}};
    const auto values = *predicate.document();
    for (const auto value : values) {
        if (is_operator_object(value) || value.type() == bson::Type::regex) return std::nullopt;
        all.children.push_back({"$eq", path, value, {}});
    }
    if (all.children.empty()) return std::nullopt;
    return all;
}

void parse_field(const bson::ValueView& value, std::vector<FilterNode>& into) {
    if (!is_operator_object(value)) {
        const bool pattern = value.type() == bson::Type::regex;
        into.push_back({pattern ? "$regex" : "$eq", value.key(), value, {}});
        return;
    }
    const auto predicates = *value.document();
    for (const auto predicate : predicates) {
        auto all = equalities(predicate, value.key());
        into.push_back(all ? std::move(*all) : FilterNode{predicate.key(), value.key(), predicate, {}});
    }
}

void simplify_in(FilterNode& node) {
    const auto values = node.operand ? node.operand->document() : std::nullopt;
    if (node.operation != "$in" || !values || values->size() != 1) return;
    const auto only = *values->begin();
    if (only.type() == bson::Type::regex) return;
    node.operation = "$eq";
    node.operand = only;
}

}  // namespace

bool is_operator_object(const bson::ValueView& value) {
    if (value.type() != bson::Type::document) return false;
    const auto object = *value.document();
    if (object.empty()) return false;
    const auto first = (*object.begin()).key();
    return first.starts_with('$') && first != "$ref" && first != "$id" && first != "$db";
}

FilterNode parse_filter(bson::DocumentView filter) {
    FilterNode all{"$and", {}, {}, {}};
    for (const auto value : filter) {
        if (value.key() == "$comment") continue;  // says nothing
        if (value.key().starts_with('$')) {
            all.children.push_back(parse_top_level_operator(value));
        } else {
            parse_field(value, all.children);
        }
    }
    if (all.children.size() != 1) return all;
    FilterNode only = std::move(all.children.front());
    return only;
}

FilterNode simplified(FilterNode node) {
    simplify_in(node);
    if (!node.is_junction() || node.operand) return node;
    std::vector<FilterNode> merged;
    for (auto& child : node.children) {
        FilterNode simple = simplified(std::move(child));
        if (simple.operation == node.operation && !simple.operand && simple.path.empty()) {
            std::move(simple.children.begin(), simple.children.end(), std::back_inserter(merged));
        } else {
            merged.push_back(std::move(simple));
        }
    }
    if (merged.size() == 1) {
        FilterNode only = std::move(merged.front());
        return only;
    }
    node.children = std::move(merged);
    return node;
}

int depth_of(const FilterNode& node) {
    int deepest = 0;
    for (const auto& child : node.children) deepest = std::max(deepest, depth_of(child));
    return deepest + 1;
}

std::optional<int> type_number(std::string_view alias) {
    static constexpr std::array<std::pair<std::string_view, int>, 22> aliases{{
        {"double", 1},    {"string", 2},     {"object", 3},      {"array", 4},    {"binData", 5},
        {"undefined", 6}, {"objectId", 7},   {"bool", 8},        {"date", 9},     {"null", 10},
        {"regex", 11},    {"dbPointer", 12}, {"javascript", 13}, {"symbol", 14},  {"javascriptWithScope", 15},
        {"int", 16},      {"timestamp", 17}, {"long", 18},       {"decimal", 19}, {"minKey", -1},
        {"maxKey", 127},  {"number", -100},
    }};
    for (const auto& [name, number] : aliases) {
        if (name == alias) return number;
    }
    return std::nullopt;
}

}  // namespace mim::index
