#include "http/openapi/html_fields.hpp"

#include <algorithm>
#include <vector>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace mim::http {
namespace {

namespace json = boost::json;

struct Field {
    std::string name;
    const json::object* schema;
    bool is_required = false;
};

// With those of all that the schema is composed of; its own take the place of theirs.
std::vector<Field> fields_of(const json::object& document, const json::object& given) {
    const json::object& schema = resolved(document, given);
    std::vector<Field> fields;
    const auto take = [&fields](const Field& field) {
        const auto same = std::ranges::find(fields, field.name, &Field::name);
        if (same != fields.end()) *same = field;
        if (same == fields.end()) fields.push_back(field);
    };
    if (const json::value* parts = schema.if_contains("allOf")) {
        for (const json::value& part : parts->as_array()) {
            for (const Field& field : fields_of(document, part.as_object())) take(field);
        }
    }
    if (const json::value* properties = schema.if_contains("properties")) {
        for (const auto& [name, value] : properties->as_object())
            take({std::string(name), &value.as_object()});
    }
    if (const json::value* required = schema.if_contains("required")) {
        for (Field& field : fields) {
            field.is_required |= std::ranges::any_of(required->as_array(), [&field](const json::value& name) {
                return std::string_view(name.as_string()) == field.name;
            });
        }
    }
    return fields;
}

const json::value* alternatives_of(const json::object& schema) {
    const json::value* any = schema.if_contains("anyOf");
    return any != nullptr ? any : schema.if_contains("oneOf");
}

void add_kind(std::string& kinds, const std::string& kind) {
    kinds += (kinds.empty() ? "" : " or ") + kind;
}

std::string type_of(const json::object& document, const json::object& given) {
    const json::object& schema = resolved(document, given);
    std::string kinds;
    if (const json::value* only = schema.if_contains("const")) return html_escaped(json::serialize(*only));
    if (const json::value* values = schema.if_contains("enum")) {
        for (const json::value& value : values->as_array())
            add_kind(kinds, html_escaped(json::serialize(value)));
        return kinds;
    }
    if (const json::value* several = alternatives_of(schema)) {
        for (const json::value& one : several->as_array())
            add_kind(kinds, type_of(document, one.as_object()));
        return kinds;
    }
    const json::value* type = schema.if_contains("type");
    if (type == nullptr) return fields_of(document, schema).empty() ? "any" : "object";
    if (type->is_string()) return html_escaped(type->as_string());
    for (const json::value& name : type->as_array()) add_kind(kinds, html_escaped(name.as_string()));
    return kinds;
}

std::string meaning_of(const json::object& document, const json::object& given) {
    const json::object& schema = resolved(document, given);
    std::string meaning = html_text_of(given, "description");
    if (meaning.empty()) meaning = html_text_of(schema, "description");
    if (const json::value* fallback = schema.if_contains("default"))
        meaning += (meaning.empty() ? "" : ". ") + ("Default: " + html_escaped(json::serialize(*fallback)));
    return meaning;
}

struct Inner {
    const json::object* schema = nullptr;  // none: the field holds no object whose fields are described
    std::string suffix{};                  // "[]" of an array's items
};

Inner object_within(const json::object& document, const json::object& given) {
    const json::object& schema = resolved(document, given);
    if (!fields_of(document, schema).empty()) return {&schema};
    if (const json::value* items = schema.if_contains("items"))
        return {object_within(document, items->as_object()).schema, "[]"};
    if (const json::value* several = alternatives_of(schema)) {
        for (const json::value& one : several->as_array()) {
            if (const Inner found = object_within(document, one.as_object()); found.schema != nullptr)
                return found;
        }
    }
    return {};
}

void append_table(std::string& page, const json::object& document, const json::object& schema,
                  const std::string& path) {
    const std::vector<Field> fields = fields_of(document, schema);
    if (fields.empty()) return;
    if (!path.empty()) page += "<p>Fields of <code>" + html_escaped(path) + "</code>:</p>";
    page += "<table><tr><th>Field<th>Type<th>Meaning</tr>";
    for (const Field& field : fields) {
        page +=
            "<tr><td><code>" + html_escaped(field.name) + "</code><td>" + type_of(document, *field.schema);
        page += field.is_required ? ", required" : "";
        page += "<td>" + meaning_of(document, *field.schema) + "</tr>";
    }
    page += "</table>";
    for (const Field& field : fields) {
        const Inner inner = object_within(document, *field.schema);
        const std::string place = (path.empty() ? "" : path + ".") + field.name + inner.suffix;
        if (inner.schema != nullptr) append_table(page, document, *inner.schema, place);
    }
}

}  // namespace

std::string html_escaped(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            default:
                safe += letter;
        }
    }
    return safe;
}

std::string html_text_of(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? html_escaped(found->get_string()) : std::string();
}

const json::object& resolved(const json::object& document, const json::object& object) {
    const json::value* reference = object.if_contains("$ref");
    if (reference == nullptr) return object;
    std::string_view path(reference->as_string());
    path.remove_prefix(2);
    const json::value* at = nullptr;
    const json::object* here = &document;
    while (true) {
        const std::size_t slash = path.find('/');
        at = &here->at(path.substr(0, slash));
        if (slash == std::string_view::npos) return resolved(document, at->as_object());
        here = &at->as_object();
        path.remove_prefix(slash + 1);
    }
}

void append_field_tables(std::string& page, const json::object& document, const json::object& schema) {
    append_table(page, document, schema, "");
}

void append_parameter_table(std::string& page, const json::object& document, const json::object& operation) {
    const json::value* parameters = operation.if_contains("parameters");
    if (parameters == nullptr) return;
    page += "<table><tr><th>Parameter<th>In<th>Type<th>Meaning</tr>";
    for (const json::value& value : parameters->as_array()) {
        const json::object& parameter = value.as_object();
        const json::object& schema = parameter.at("schema").as_object();
        std::string meaning = html_text_of(parameter, "description");
        if (meaning.empty()) meaning = meaning_of(document, schema);
        page += "<tr><td><code>" + html_text_of(parameter, "name") + "</code><td>";
        page +=
            html_text_of(parameter, "in") + "<td>" + type_of(document, schema) + "<td>" + meaning + "</tr>";
    }
    page += "</table>";
}

}  // namespace mim::http
