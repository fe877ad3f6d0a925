#include "sandbox/query/expression.hpp"

#include <set>

#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "sandbox/query/path.hpp"

namespace mim::sandbox::query {
namespace {

using Evaluated = Answer<std::optional<bson::Value>>;

Evaluated some(bson::Value value) {
    return std::optional<bson::Value>(std::move(value));
}
Evaluated missing() {
    return std::optional<bson::Value>();
}

Evaluated path_value(std::string_view text, bson::DocumentView document) {
    constexpr std::string_view root = "$$ROOT", current = "$$CURRENT";
    if (text == root || text == current) return some(bson::Value::document(document));
    if (text.starts_with("$$"))
        return refuse(17276, "Use of undefined variable: " + std::string(text.substr(2)));
    const Reached reached = reach(document, text.substr(1));
    if (reached.values.empty()) return missing();
    if (const auto direct = value_at(document, text.substr(1))) return some(bson::Value(*direct));
    bson::Array values;  // the path went through an array: all that it reached
    for (const auto& value : reached.values) values.add(value);
    return some(bson::Value(*bson::Builder().add_array("", values.take()).take().begin()));
}

Evaluated first_not_null(const bson::ValueView& operands, bson::DocumentView document, Letters letters) {
    if (operands.type() != bson::Type::array) return refuse(1257300, "$ifNull needs at least two arguments");
    std::optional<bson::Value> last;
    for (const auto operand : bson::elements(operands)) {
        MIM_TRY(value, evaluate(operand, document, letters));
        last = value;
        if (value && value->view().type() != bson::Type::null) break;
    }
    return last;
}

Evaluated equality(const bson::ValueView& operands, bson::DocumentView document, Letters letters) {
    const auto list = operands.document();
    if (operands.type() != bson::Type::array || list->size() != 2)
        return refuse(16020, "Expression $eq takes exactly 2 arguments.");
    MIM_TRY(left, evaluate(*list->find("0"), document, letters));
    MIM_TRY(right, evaluate(*list->find("1"), document, letters));
    if (!left || !right) return some(bson::Value::boolean(!left && !right));
    return some(bson::Value::boolean(compare(left->view(), right->view()) == 0));
}

// {$op: x} and {$op: [x]} mean the same.
Evaluated only_operand(const bson::ValueView& operands, bson::DocumentView document, Letters letters) {
    const auto list = operands.document();
    if (operands.type() != bson::Type::array) return evaluate(operands, document, letters);
    if (list->size() != 1)
        return refuse(16020, "Expression " + std::string(operands.key()) + " takes exactly 1 arguments.");
    return evaluate(*list->begin(), document, letters);
}

// Of the form [if, then, else].
Evaluated condition(const bson::ValueView& operands, bson::DocumentView document, Letters letters) {
    const auto list = operands.document();
    if (operands.type() != bson::Type::array || list->size() != 3)
        return refuse(16020, "Expression $cond takes exactly 3 arguments.");
    MIM_TRY(chosen, evaluate(*list->find("0"), document, letters));
    const bool holds = chosen && chosen->view().truthy();
    return evaluate(*list->find(holds ? "1" : "2"), document, letters);
}

// Each different element once; null when an operand is missing or null.
Evaluated set_union(const bson::ValueView& operands, bson::DocumentView document, Letters letters) {
    if (operands.type() != bson::Type::array) return refuse(16020, "$setUnion takes an array of arguments");
    std::set<std::string> seen;
    bson::Array united;
    for (const auto operand : bson::elements(operands)) {
        MIM_TRY(value, evaluate(operand, document, letters));
        if (!value || value->view().type() == bson::Type::null) return some(bson::Value::null());
        if (value->view().type() != bson::Type::array)
            return refuse(17043, "All operands of $setUnion must be arrays.");
        for (const auto element : bson::elements(value->view())) {
            if (seen.insert(key_text(element, letters)).second) united.add(element);
        }
    }
    return some(bson::Value(*bson::Builder().add_array("", united.take()).take().begin()));
}

Evaluated operation(const bson::ValueView& call, bson::DocumentView document, Letters letters) {
    const auto name = call.key();
    if (name == "$literal") return some(bson::Value(call));
    if (name == "$ifNull") return first_not_null(call, document, letters);
    if (name == "$eq") return equality(call, document, letters);
    if (name == "$cond") return condition(call, document, letters);
    if (name == "$setUnion") return set_union(call, document, letters);
    if (name == "$isArray") {
        MIM_TRY(value, only_operand(call, document, letters));
        return some(bson::Value::boolean(value && value->view().type() == bson::Type::array));
    }
    if (name == "$type") {
        MIM_TRY(value, only_operand(call, document, letters));
        return some(bson::Value::string(value ? bson::type_name(value->view().type()) : "missing"));
    }
    return refuse(168, "Unrecognized expression '" + std::string(name) + "'");
}

Evaluated composed(bson::DocumentView fields, bson::DocumentView document, Letters letters) {
    bson::Builder result;
    for (const auto field : fields) {
        MIM_TRY(value, evaluate(field, document, letters));
        if (value) result.add(field.key(), *value);
    }
    return some(bson::Value::document(result.take()));
}

}  // namespace

Evaluated evaluate(const bson::ValueView& expression, bson::DocumentView document, Letters letters) {
    if (const auto text = expression.string(); text && text->starts_with('$'))
        return path_value(*text, document);
    if (expression.type() != bson::Type::document) return some(bson::Value(expression));
    const auto fields = *expression.document();
    if (!fields.empty() && (*fields.begin()).key().starts_with('$'))
        return operation(*fields.begin(), document, letters);
    return composed(fields, document, letters);
}

}  // namespace mim::sandbox::query
