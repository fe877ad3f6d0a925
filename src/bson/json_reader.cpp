#include "bson/json_reader.hpp"

#include "bson/extended_types.hpp"

namespace mim::bson {
namespace {

// {"$code": "…"}, with or without a scope, which is a document whatever its first field is called.
Done code(const Field& field, const JsonNode& object) {
    const JsonNode *text = child(object, "$code"), *scope = child(object, "$scope");
    const std::size_t members = scope == nullptr ? 1 : 2;
    if (text == nullptr || !text->is(JsonNode::Kind::string) ||
        (scope != nullptr && !scope->is(JsonNode::Kind::object)) || object.children.size() != members)
        return needs("$code", "a string, and beside it nothing but a $scope, an object");
    if (!without_zero_byte(text->text)) return needs("$code", "text without a zero byte");
    if (scope == nullptr)
        return appended(bson_append_code(&field.into, field.key.data(), field.length(), text->text.c_str()));
    bson_t variables;
    bson_init(&variables);
    Done done = append_children(variables, *scope);
    if (done)
        done = appended(bson_append_code_with_scope(&field.into, field.key.data(), field.length(),
                                                    text->text.c_str(), &variables));
    bson_destroy(&variables);
    return done;
}

// The regular expressions of Extended JSON v1. An object with other members, or other values, is the query
// operator $regex.
bool is_old_regex(const JsonNode& object) {
    const JsonNode *pattern = child(object, "$regex"), *options = child(object, "$options");
    const std::size_t members = options == nullptr ? 1 : 2;
    return pattern != nullptr && pattern->is(JsonNode::Kind::string) &&
           (options == nullptr || options->is(JsonNode::Kind::string)) && object.children.size() == members;
}

Done append_document(const Field& field, const JsonNode& object) {
    bson_t document;
    if (!bson_append_document_begin(&field.into, field.key.data(), field.length(), &document))
        return appended(false);
    const Done done = append_children(document, object);
    bson_append_document_end(&field.into, &document);
    return done;
}

Done append_array(const Field& field, const JsonNode& array) {
    bson_t items;
    if (!bson_append_array_begin(&field.into, field.key.data(), field.length(), &items))
        return appended(false);
    const Done done = append_children(items, array);
    bson_append_array_end(&field.into, &items);
    return done;
}

// The first member tells what an object is, as the specification has it for those that are one type alone.
Done append_object(const Field& field, const JsonNode& object) {
    if (object.children.empty()) return append_document(field, object);
    const JsonNode& first = object.children.front();
    if (const ExtendedType* const type = extended_type(first.name)) {
        if (object.children.size() > 1) return refused(first.name + " must be the only member of its object");
        return type->append(field, first);
    }
    if (first.name == "$code" || first.name == "$scope") return code(field, object);
    const bool regex_first = first.name == "$regex" || first.name == "$options";
    if (regex_first && is_old_regex(object)) {
        const JsonNode* options = child(object, "$options");
        return append_regex(field, *child(object, "$regex"), options == nullptr ? "" : options->text);
    }
    return append_document(field, object);
}

Done append_number(const Field& field, std::string_view digits) {
    if (digits.find_first_of(".eE") != std::string_view::npos) {
        const auto number = number_in<double>(digits);
        if (!number) return refused("a number must be within the range of a double");
        return appended(bson_append_double(&field.into, field.key.data(), field.length(), *number));
    }
    if (const auto number = number_in<std::int32_t>(digits))
        return appended(bson_append_int32(&field.into, field.key.data(), field.length(), *number));
    const auto number = number_in<std::int64_t>(digits);
    if (!number) return refused("a whole number must be within 64 bits");
    return appended(bson_append_int64(&field.into, field.key.data(), field.length(), *number));
}

Done append_value(const Field& field, const JsonNode& node) {
    switch (node.kind) {
        case JsonNode::Kind::null:
            return appended(bson_append_null(&field.into, field.key.data(), field.length()));
        case JsonNode::Kind::false_:
        case JsonNode::Kind::true_:
            return appended(bson_append_bool(&field.into, field.key.data(), field.length(),
                                             node.is(JsonNode::Kind::true_)));
        case JsonNode::Kind::number:
            return append_number(field, node.text);
        case JsonNode::Kind::string:
            return appended(bson_append_utf8(&field.into, field.key.data(), field.length(), node.text.data(),
                                             static_cast<int>(node.text.size())));
        case JsonNode::Kind::array:
            return append_array(field, node);
        case JsonNode::Kind::object:
            return append_object(field, node);
    }
    return {};
}

}  // namespace

Done append_children(bson_t& into, const JsonNode& parent) {
    std::size_t index = 0;
    for (const JsonNode& each : parent.children) {
        const std::string position =
            parent.is(JsonNode::Kind::array) ? std::to_string(index++) : std::string();
        MIM_CHECK(append_value({into, parent.is(JsonNode::Kind::array) ? position : each.name}, each));
    }
    return {};
}

}  // namespace mim::bson
