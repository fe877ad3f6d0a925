#include <algorithm>

#include "bson/elements.hpp"
#include "http/definition/bson_json.hpp"
#include "http/definition/definition_json.hpp"
#include "http/definition/option_names.hpp"
#include "index/definition/key_type.hpp"

namespace mim::http {
namespace {

// A collation with a part that the contract has no name for is shown whole under `other`.
bool is_known_collation(const bson::ValueView& value) {
    if (value.type() != bson::Type::document) return false;
    for (const bson::ValueView part : bson::elements(value)) {
        const auto row = std::ranges::find(collation_options(), part.key(), &OptionName::mongo);
        if (row == collation_options().end()) return false;
    }
    return true;
}

bool has_contract_form(const OptionName& option, const bson::ValueView& value) {
    switch (option.kind) {
        case OptionKind::boolean:
            return value.type() == bson::Type::boolean;
        case OptionKind::integer: {
            const auto number = value.integer();
            return number && *number >= option.range.least && *number <= option.range.greatest;
        }
        case OptionKind::number:
            return value.is_number();
        case OptionKind::string:
            return value.type() == bson::Type::string;
        case OptionKind::document:
            return value.type() == bson::Type::document;
        case OptionKind::weights:
            return value.type() == bson::Type::document || value.type() == bson::Type::string;
        case OptionKind::collation:
            return is_known_collation(value);
    }
    return false;
}

void write_collation(JsonWriter& json, bson::DocumentView collation) {
    json.begin_object();
    for (const OptionName& option : collation_options()) {
        if (const auto value = collation.find(option.mongo)) {
            json.key(option.api);
            write_value(json, *value);
        }
    }
    json.end_object();
}

void write_option(JsonWriter& json, const OptionName& option, const bson::ValueView& value) {
    json.key(option.api);
    switch (option.kind) {
        case OptionKind::integer:
            json.value(value.integer().value_or(0));
            return;
        case OptionKind::collation:
            write_collation(json, *value.document());
            return;
        default:
            write_value(json, value);
            return;
    }
}

bool belongs_to_other(const bson::ValueView& value) {
    const auto row = std::ranges::find(index_options(), value.key(), &OptionName::mongo);
    return row == index_options().end() || !has_contract_form(*row, value);
}

void write_other(JsonWriter& json, bson::DocumentView options) {
    bool opened = false;
    for (const bson::ValueView value : options) {
        if (!belongs_to_other(value)) continue;
        if (!opened) json.key(other_options).begin_object();
        opened = true;
        json.key(value.key());
        write_value(json, value);
    }
    if (opened) json.end_object();
}

}  // namespace

void write_keys(JsonWriter& json, bson::DocumentView key) {
    json.begin_array();
    for (const bson::ValueView value : key) {
        json.begin_object().field("field", value.key()).key("value");
        write_value(json, value);
        json.end_object();
    }
    json.end_array();
}

void write_options(JsonWriter& json, bson::DocumentView options) {
    json.begin_object();
    for (const OptionName& option : index_options()) {
        const auto value = options.find(option.mongo);
        if (value && has_contract_form(option, *value)) {
            write_option(json, option, *value);
        } else if (option.api == "is_unique") {
            json.field(option.api, false);
        } else if (option.api == "expire_after_seconds") {
            json.key(option.api).null();
        }
    }
    write_other(json, options);
    json.end_object();
}

void write_index_fields(JsonWriter& json, const index::Spec& spec, std::string_view signature) {
    json.field("name", spec.name).field("key_signature", signature).key("keys");
    write_keys(json, spec.key);
    json.key("options");
    write_options(json, spec.options);
    json.field("is_text", index::key_type(spec.key) == index::KeyType::text);
    json.field("is_default", spec.is_id_index());
    json.field("has_default_name", spec.name == index::default_name(spec.key));
}

}  // namespace mim::http
