#include "http/definition/bson_json.hpp"
#include "http/definition/definition_json.hpp"
#include "http/definition/option_names.hpp"

namespace mim::http {
namespace {

namespace json = boost::json;

constexpr std::string_view weights_example = R"(an object such as {"title": 10} or a string)";
constexpr std::string_view keys_example = R"(an array such as [{"field": "status", "value": 1}])";
constexpr std::string_view key_example = R"(an object such as {"field": "status", "value": 1})";
constexpr std::string_view key_value_example = R"(a number such as 1 or a string such as "2dsphere")";
// `{"$oid": …}` is an object in JSON, but not a document.
constexpr std::string_view extended_value = "a value in Extended JSON";

std::string_view kind_in_mongodb(const json::value& sent) {
    return sent.is_object() && !sent.get_object().empty() && sent.get_object().begin()->key().starts_with('$')
               ? extended_value
               : kind_of(sent);
}

// The name that the caller used for an option: the contract's or MongoDB's. Both are the same option, so two
// values that differ are refused.
std::string_view used_name(ObjectReader& fields, const OptionName& option) {
    if (option.api == option.mongo) return option.api;
    fields.accept(option.mongo);
    const json::value* ours = fields.find(option.api);
    const json::value* theirs = fields.find(option.mongo);
    if (theirs == nullptr) return option.api;
    if (ours != nullptr && *ours != *theirs) {
        const std::string both = std::string(option.api) + " and " + std::string(option.mongo);
        fields.complain(option.api, both + " are one option and differ: give one of them");
    }
    return option.mongo;
}

void add_document(ObjectReader& fields, std::string_view name, const OptionName& option,
                  bson::Builder& spec) {
    const json::value& value = *fields.find(name);
    if (!value.is_object()) return fields.refuse_kind(name, takes::object, kind_of(value));
    const auto read = read_value(value);
    if (!read) return fields.complain(name, read.error().message);
    if (read->view().type() != bson::Type::document)
        return fields.refuse_kind(name, takes::object, extended_value);
    spec.add(option.mongo, *read);
}

void add_number(ObjectReader& fields, std::string_view name, const OptionName& option, bson::Builder& spec) {
    const json::value& value = *fields.find(name);
    const auto read = read_value(value);
    if (!read || !read->view().is_number())
        return fields.refuse_kind(name, takes::number, kind_in_mongodb(value));
    spec.add(option.mongo, *read);
}

void add_weights(ObjectReader& fields, std::string_view name, const OptionName& option, bson::Builder& spec) {
    if (fields.find(name)->is_object()) return add_document(fields, name, option, spec);
    if (const auto text = fields.optional_string(name, weights_example)) spec.add(option.mongo, *text);
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

void add_flag(ObjectReader& fields, std::string_view name, const OptionName& option, FalseFlags policy,
              bson::Builder& spec) {
    const auto flag = fields.optional_boolean(name);
    if (flag && (*flag || policy == FalseFlags::keep)) spec.add(option.mongo, *flag);
}

void add_option(ObjectReader& fields, const OptionName& option, FalseFlags policy, bson::Builder& spec) {
    const std::string_view name = used_name(fields, option);
    if (fields.find(name) == nullptr) return;
    switch (option.kind) {
        case OptionKind::boolean:
            return add_flag(fields, name, option, policy, spec);
        case OptionKind::integer:
            if (const auto number = fields.optional_integer(name, option.range)) {
                spec.add(option.mongo, static_cast<std::int32_t>(*number));
            }
            return;
        case OptionKind::number:
            return add_number(fields, name, option, spec);
        case OptionKind::string:
            if (const auto text = fields.optional_string(name)) spec.add(option.mongo, *text);
            return;
        case OptionKind::document:
            return add_document(fields, name, option, spec);
        case OptionKind::weights:
            return add_weights(fields, name, option, spec);
        case OptionKind::collation:
            return add_collation(fields, option, spec);
    }
}

void add_options(ObjectReader& fields, std::span<const OptionName> table, bson::Builder& spec) {
    const FalseFlags policy =
        table.data() == collation_options().data() ? FalseFlags::keep : FalseFlags::drop;
    for (const OptionName& option : table) add_option(fields, option, policy, spec);
}

// Its members are MongoDB's own: any name may stand there.
void add_other(ObjectReader& fields, const bson::Document& known, bson::Builder& spec) {
    const json::value* given = fields.find(other_options);
    if (given == nullptr) return;
    const auto read = read_value(*given);
    if (!read) return fields.complain(other_options, read.error().message);
    const auto document = read->view().document();
    if (!given->is_object() || !document)
        return fields.refuse_kind(other_options, takes::object, kind_in_mongodb(*given));
    for (const bson::ValueView value : *document) {
        if (value.key() == "key" || value.key() == "name" || known.contains(value.key())) {
            fields.complain(path_within(std::string(other_options), value.key()),
                            "Has its own field: give it there");
        } else {
            spec.add(value.key(), value);
        }
    }
}

bson::Document options_of(ObjectReader& given) {
    bson::Builder known;
    add_options(given, index_options(), known);
    const bson::Document named = known.take();
    bson::Builder all;
    all.add_all(named);
    add_other(given, named, all);
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
    if (!read || !is_key_value(read->view()))
        return fields.refuse_kind("value", key_value_example, kind_in_mongodb(*value));
    key.add(field, *read);
}

bson::Document keys_of(ObjectReader& fields, const json::value& given) {
    bson::Builder key;
    if (!given.is_array()) {
        fields.refuse_kind("keys", keys_example, kind_of(given));
    } else if (given.get_array().empty()) {
        fields.complain("keys", "Must hold at least one field");
    } else {
        std::size_t position = 0;
        for (const json::value& item : given.get_array()) {
            const std::string place = "keys[" + std::to_string(position++) + "]";
            if (item.is_object()) {
                add_key(fields.item(place, item.get_object()), key);
            } else {
                fields.refuse_kind(place, key_example, kind_of(item));
            }
        }
    }
    return key.take();
}

}  // namespace

index::Spec read_spec(ObjectReader& fields) {
    index::Spec spec;
    spec.name = fields.string_or_empty("name");
    fields.require("keys");
    if (const json::value* keys = fields.find("keys")) spec.key = keys_of(fields, *keys);
    if (auto options = fields.required_object("options")) spec.options = options_of(*options);
    return spec;
}

app::SpecChange read_spec_change(ObjectReader& fields) {
    app::SpecChange change;
    change.name = fields.clearable_string("name");
    if (fields.is_null("keys")) fields.complain("keys", std::string(not_null));
    if (const json::value* keys = fields.find("keys")) change.key = keys_of(fields, *keys);
    if (fields.is_null("options")) change.options = bson::Document();
    if (auto options = fields.optional_object("options")) change.options = options_of(*options);
    return change;
}

}  // namespace mim::http
