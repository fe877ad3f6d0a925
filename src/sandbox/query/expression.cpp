#include "sandbox/query/expression.hpp"

#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "sandbox/query/order.hpp"
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

Evaluated first_not_null(const bson::ValueView& operands, bson::DocumentView document) {
    if (operands.type() != bson::Type::array) return refuse(1257300, "$ifNull needs at least two arguments");
    std::optional<bson::Value> last;
    for (const auto operand : bson::elements(operands)) {
        MIM_TRY(value, evaluate(operand, document));
        last = value;
        if (value && value->view().type() != bson::Type::null) break;
    }
    return last;
}

Evaluated equality(const bson::ValueView& operands, bson::DocumentView document) {
    const auto list = operands.document();
    if (operands.type() != bson::Type::array || list->size() != 2)
        return refuse(16020, "Expression $eq takes exactly 2 arguments.");
    MIM_TRY(left, evaluate(*list->find("0"), document));
    MIM_TRY(right, evaluate(*list->find("1"), document));
    if (!left || !right) return some(bson::Value::boolean(!left && !right));
    return some(bson::Value::boolean(compare(left->view(), right->view()) == 0));
}

Evaluated operation(const bson::ValueView& call, bson::DocumentView document) {
    const auto name = call.key();
    if (name == "$literal") return some(bson::Value(call));
    if (name == "$ifNull") return first_not_null(call, document);
    if (name == "$eq") return equality(call, document);
    if (name == "$type") {
        MIM_TRY(value, evaluate(call, document));
        return some(bson::Value::string(value ? bson::type_name(value->view().type()) : "missing"));
    }
    return refuse(168, "Unrecognized expression '" + std::string(name) + "'");
}

Evaluated composed(bson::DocumentView fields, bson::DocumentView document) {
    bson::Builder result;
    for (const auto field : fields) {
        MIM_TRY(value, evaluate(field, document));
        if (value) result.add(field.key(), *value);
    }
    return some(bson::Value::document(result.take()));
}

}  // namespace

Evaluated evaluate(const bson::ValueView& expression, bson::DocumentView document) {
    if (const auto text = expression.string(); text && text->starts_with('$'))
        return path_value(*text, document);
    if (expression.type() != bson::Type::document) return some(bson::Value(expression));
    const auto fields = *expression.document();
    if (!fields.empty() && (*fields.begin()).key().starts_with('$'))
        return operation(*fields.begin(), document);
    return composed(fields, document);
}

}  // namespace mim::sandbox::query
