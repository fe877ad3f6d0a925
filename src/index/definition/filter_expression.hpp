// A partialFilterExpression as a tree, the way MongoDB's parser sees it. Private to this room.
// Parsing never fails: what MongoDB would refuse is a node too, and the rules name it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "bson/document.hpp"

namespace mim::index {

struct FilterNode {
    std::string_view
        operation;          // "$and", "$or", "$eq" (also the implicit one), "$gt" … or whatever was written
    std::string_view path;  // empty for what stands at no path
    std::optional<bson::ValueView> operand;  // none where `children` say it
    std::vector<FilterNode> children;

    [[nodiscard]] bool is_junction() const { return operation == "$and" || operation == "$or"; }
};

// {$gt: 5}, and not a value such as {a: 5} or a reference.
[[nodiscard]] bool is_operator_object(const bson::ValueView& value);

// Borrows from `filter`. One predicate stands alone, several stand in an `$and`; so does none.
// `$all` of values is an `$and` of equalities.
[[nodiscard]] FilterNode parse_filter(bson::DocumentView filter);
// The same predicates, shortest: nested junctions of one kind merged, single children lifted, `$in: [x]` as
// `$eq`.
[[nodiscard]] FilterNode simplified(FilterNode node);
[[nodiscard]] int depth_of(const FilterNode& node);  // 1 for a leaf

// The number of a `$type` alias ("string" -> 2); none when unknown. "number" has none of its own: it is -100
// here.
[[nodiscard]] std::optional<int> type_number(std::string_view alias);

}  // namespace mim::index
