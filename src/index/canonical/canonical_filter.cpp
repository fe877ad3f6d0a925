#include <algorithm>
#include <tuple>

#include "index/canonical/canonical_options.hpp"
#include "index/definition/canonical_value.hpp"
#include "index/definition/filter_expression.hpp"

namespace mim::index {
namespace {

std::string object_text(const FilterNode& node);

// {"$in": [...]}: the server sorts the values and drops repeated ones, so their order says nothing.
void append_set(std::string& text, bson::DocumentView values,
                void (*append)(std::string&, const bson::ValueView&)) {
    std::vector<std::string> members;
    for (const auto value : values) append(members.emplace_back(), value);
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    text += '[';
    for (std::size_t i = 0; i < members.size(); ++i) text.append(i ? "," : "").append(members[i]);
    text += ']';
}

void append_type(std::string& text, const bson::ValueView& value) {
    const auto number = value.string() ? type_number(*value.string()) : std::nullopt;
    if (number) {
        text += std::to_string(*number);
    } else {
        append_value(text, value);
    }
}

void append_operand(std::string& text, const FilterNode& node) {
    const auto& operand = *node.operand;
    const bool list = operand.type() == bson::Type::array;
    if (node.operation == "$exists") {
        text += operand.truthy() ? "true" : "false";
    } else if (node.operation == "$in" && list) {
        append_set(text, *operand.document(), append_value);
    } else if (node.operation == "$type" && list) {
        append_set(text, *operand.document(), append_type);
    } else if (node.operation == "$type") {
        text += '[';
        append_type(text, operand);
        text += ']';
    } else {
        append_value(text, operand);
    }
}

// `"path":value` for equality with a plain value, else `"path":{"$op":operand}`.
std::string leaf_text(const FilterNode& node) {
    std::string text;
    if (!node.path.empty()) {
        append_quoted(text, node.path);
        text += ':';
    }
    if (!node.path.empty() && node.operation == "$eq" && !node.operand->document()) {
        append_operand(text, node);
        return text;
    }
    if (!node.path.empty()) text += '{';
    append_quoted(text, node.operation);
    text += ':';
    append_operand(text, node);
    if (!node.path.empty()) text += '}';
    return text;
}

struct Member {
    const FilterNode* node;
    std::string text;
};

// As the server sorts: by operator, then path; predicates of one path and one operator stay in their order,
// which therefore counts. Junctions have no path and sort by what they hold.
std::vector<Member> sorted_members(const std::vector<FilterNode>& nodes);

std::string branch_text(const FilterNode& node) {
    std::string text = "\"$or\":[";
    bool first = true;
    for (const auto& member : sorted_members(node.children)) {
        if (!first) text += ',';
        first = false;
        text += object_text(*member.node);
    }
    return text + ']';
}

std::vector<Member> sorted_members(const std::vector<FilterNode>& nodes) {
    std::vector<Member> members;
    for (const auto& node : nodes) {
        const bool leaf = node.operand.has_value();
        members.push_back({&node, leaf                      ? leaf_text(node)
                                  : node.operation == "$or" ? branch_text(node)
                                                            : object_text(node)});
    }
    std::stable_sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
        const auto key = [](const Member& member) {
            const std::string_view within =
                member.node->operand ? std::string_view() : std::string_view(member.text);
            return std::tuple(member.node->operation, member.node->path, within);
        };
        return key(a) < key(b);
    });
    return members;
}

std::string object_text(const FilterNode& node) {
    if (node.operand) return "{" + leaf_text(node) + "}";
    if (node.operation == "$or") return "{" + branch_text(node) + "}";
    std::string text = "{";
    for (const auto& member : sorted_members(node.children)) {
        if (text.size() > 1) text += ',';
        text += member.text;
    }
    return text + '}';
}

}  // namespace

std::string filter_text(bson::DocumentView filter) {
    return object_text(simplified(parse_filter(filter)));
}

}  // namespace mim::index
