#include "http/definition/bson_json.hpp"
#include "http/definition/definition_json.hpp"
#include "http/definition/option_names.hpp"

namespace mim::http {
namespace {

namespace json = boost::json;

void add_document(ObjectReader& fields, const OptionName& option, bson::Builder& spec) {
    const json::value& value = *fields.find(option.api);
    if (!value.is_object()) return fields.complain(option.api, std::string(wrong_type));
    const auto read = read_value(value);
    if (!read) return fields.complain(option.api, read.error().message);
    // `{"$oid": …}` is an object in JSON, but not a document.
    if (read->view().type() != bson::Type::document)
        return fields.complain(option.api, std::string(wrong_type));
    spec.add(option.mongo, *read);
}

void add_number(ObjectReader& fields, const OptionName& option, bson::Builder& spec) {
    const auto read = read_value(*fields.find(option.api));
    if (!read || !read->view().is_number()) return fields.complain(option.api, std::string(wrong_type));
    spec.add(option.mongo, *read);
}

void add_weights(ObjectReader& fields, const OptionName& option, bson::Builder& spec) {
    const json::value& value = *fields.find(option.api);
    if (value.is_object()) return add_document(fields, option, spec);
    if (const auto text = fields.optional_string(option.api)) spec.add(option.mongo, *text);
}

void add_options(ObjectReader& fields, std::span<const OptionName> table, bson::Builder& spec);

void add_collation(ObjectReader& fields, const OptionName& option, bson::Builder& spec) {
    auto parts = fields.optional_object(option.api);
    if (!parts) return;
    static_cast<void>(parts->required_string("locale"));
    bson::Builder collation;
    add_options(*parts, collation_options(), collation);
    spec.add(option.mongo, collation.take());
}

// False flags of a collation count: they may undo a locale's own default.
enum class FalseFlags { drop, keep };

void add_flag(ObjectReader& fields, const OptionName& option, FalseFlags policy, bson::Builder& spec) {
    const auto flag = fields.optional_boolean(option.api);
    if (flag && (*flag || policy == FalseFlags::keep)) spec.add(option.mongo, *flag);
}

void add_option(ObjectReader& fields, const OptionName& option, FalseFlags policy, bson::Builder& spec) {
    if (fields.find(option.api) == nullptr) return;
    switch (option.kind) {
        case OptionKind::boolean:
            return add_flag(fields, option, policy, spec);
        case OptionKind::integer:
            if (const auto number = fields.optional_integer(option.api, option.range)) {
                spec.add(option.mongo, static_cast<std::int32_t>(*number));
            }
            return;
        case OptionKind::number:
            return add_number(fields, option, spec);
        case OptionKind::string:
            if (const auto text = fields.optional_string(option.api)) spec.add(option.mongo, *text);
            return;
        case OptionKind::document:
            return add_document(fields, option, spec);
        case OptionKind::weights:
            return add_weights(fields, option, spec);
        case OptionKind::collation:
            return add_collation(fields, option, spec);
    }
}

void add_options(ObjectReader& fields, std::span<const OptionName> table, bson::Builder& spec) {
    const FalseFlags policy =
        table.data() == collation_options().data() ? FalseFlags::keep : FalseFlags::drop;
    for (const OptionName& option : table) add_option(fields, option, policy, spec);
}

void add_other(ObjectReader& fields, const bson::Document& known, bson::Builder& spec) {
    auto other = fields.optional_object(other_options);
    if (!other) return;
    const auto read = read_value(*fields.find(other_options));
    if (!read) return fields.complain(other_options, read.error().message);
    const auto document = read->view().document();
    if (!document) return fields.complain(other_options, std::string(wrong_type));
    for (const bson::ValueView value : *document) {
        if (value.key() == "key" || value.key() == "name" || known.contains(value.key())) {
            other->complain(value.key(), "Has its own field: give it there");
        } else {
            spec.add(value.key(), value);
        }
    }
}

bson::Document read_options(ObjectReader& fields) {
    auto given = fields.required_object("options");
    if (!given) return {};
    bson::Builder known;
    add_options(*given, index_options(), known);
    const bson::Document named = known.take();
    bson::Builder all;
    all.add_all(named);
    add_other(*given, named, all);
    return all.take();
}

bool is_key_value(const bson::ValueView& value) {
    return value.is_number() || value.type() == bson::Type::string;
}

void add_key(ObjectReader fields, bson::Builder& key) {
    const std::string field = fields.required_string("field");
    const json::value* value = fields.find("value");
    if (value == nullptr) return fields.complain("value", std::string(field_required));
    const auto read = read_value(*value);
    if (!read || !is_key_value(read->view())) return fields.complain("value", std::string(wrong_type));
    key.add(field, *read);
}

bson::Document read_keys(ObjectReader& fields) {
    const json::value* given = fields.find("keys");
    bson::Builder key;
    if (given == nullptr) {
        fields.complain("keys", std::string(field_required));
    } else if (!given->is_array()) {
        fields.complain("keys", std::string(wrong_type));
    } else if (given->get_array().empty()) {
        fields.complain("keys", "Must hold at least one field");
    } else {
        std::size_t position = 0;
        for (const json::value& item : given->get_array()) {
            const std::string place = "keys[" + std::to_string(position++) + "]";
            if (item.is_object()) {
                add_key(ObjectReader(item.get_object(), fields.path_of(place), fields.complaints()), key);
            } else {
                fields.complain(place, std::string(wrong_type));
            }
        }
    }
    return key.take();
}

}  // namespace

index::Spec read_spec(ObjectReader& fields) {
    index::Spec spec;
    spec.name = fields.string_or_empty("name");
    spec.key = read_keys(fields);
    spec.options = read_options(fields);
    return spec;
}

}  // namespace mim::http
