#include "sandbox/commands/first_index.hpp"

#include <algorithm>
#include <array>

#include "bson/builder.hpp"
#include "index/definition/whole_number.hpp"

namespace mim::sandbox::commands {
namespace {

constexpr int clustered_not_unique = 5979700;
constexpr int clustered_by_bool = 5979703;
constexpr int clustered_version = 5979704;
constexpr int clustered_view = 6026500;
constexpr int clustered_capped = 6049200;
constexpr std::int64_t only_version = 2;

bool is_absent(const std::optional<bson::ValueView>& value) {
    return !value || value->type() == bson::Type::null || value->type() == bson::Type::undefined;
}

Refusal wrong_type(const std::string& field, const bson::ValueView& value, const char* expected) {
    return refuse(server_code::type_mismatch, "BSON field '" + field + "' is the wrong type '" +
                                                  std::string(bson::type_name(value.type())) +
                                                  "', expected type '" + expected + "'");
}

bool is_truth(const bson::ValueView& value) {
    return value.boolean().has_value() || value.is_number();
}

bool is_text(const bson::ValueView& value) {
    return value.string().has_value();
}

bool is_document(const bson::ValueView& value) {
    return value.type() == bson::Type::document;
}

bool is_number(const bson::ValueView& value) {
    return value.is_number();
}

struct Field {
    std::string_view name;
    bool (*fits)(const bson::ValueView&);
    const char* type;
    enum class Presence { required, optional } presence;
};

constexpr std::array clustered_fields{Field{"v", &is_number, "int", Field::Presence::optional},
                                      Field{"key", &is_document, "object", Field::Presence::required},
                                      Field{"name", &is_text, "string", Field::Presence::optional},
                                      Field{"unique", &is_truth, "bool", Field::Presence::required}};

// As the server's generated parser reads it: null is absent.
Accepted check_fields(bson::DocumentView given) {
    const std::string place = "create.clusteredIndex.";
    for (const auto value : given) {
        const auto* const field = std::find_if(clustered_fields.begin(), clustered_fields.end(),
                                               [&](const Field& each) { return each.name == value.key(); });
        const auto full_name = place + std::string(value.key());
        if (field == clustered_fields.end())
            return refuse(server_code::unknown_field, "BSON field '" + full_name + "' is an unknown field.");
        if (!is_absent(value) && !field->fits(value)) return wrong_type(full_name, value, field->type);
    }
    for (const auto& field : clustered_fields) {
        if (field.presence == Field::Presence::optional || !is_absent(given.find(field.name))) continue;
        return refuse(server_code::missing_field,
                      "BSON field '" + place + std::string(field.name) + "' is missing but a required field");
    }
    return {};
}

Answer<bson::Document> stored_clustered_index(bson::DocumentView given) {
    MIM_CHECK(check_fields(given));
    const auto key = *given.find("key")->document();
    const auto id = bson::Builder().add("_id", 1).take();
    if (!bson::equal_by_value(key, id.view()))
        return refuse(server_code::invalid_index_specification_option,
                      "The clusteredIndex option requires the key to be {_id: 1}");
    if (!given.find("unique")->truthy())
        return refuse(clustered_not_unique,
                      "The clusteredIndex option requires unique: true to be specified");
    const auto version = given.find("v");
    if (!is_absent(version) && index::whole_number(*version) != only_version)
        return refuse(clustered_version, "The clusteredIndex option requires v: 2");
    const auto name = given.find("name");
    return bson::Builder()
        .add("v", 2)
        .add("key", id)
        .add("name", name ? name->string().value_or("_id_") : "_id_")
        .add("unique", true)
        .take();
}

// Before 5.3 the option was the server's own, for the buckets of time series, and none of its fields was
// known.
Refusal unknown_option(bson::DocumentView given) {
    if (given.empty()) return refuse(server_code::invalid_options, "'clusteredIndex' is the server's own");
    return refuse(server_code::unknown_field, "BSON field 'create.clusteredIndex." +
                                                  std::string((*given.begin()).key()) +
                                                  "' is an unknown field.");
}

Accepted check_beside_clustered(bson::DocumentView body) {
    const auto capped = body.find("capped");
    if (capped && capped->truthy())
        return refuse(clustered_capped,
                      "'clusteredIndex' is not supported on capped collections: leave one of them out");
    if (!is_absent(body.find("viewOn")))
        return refuse(clustered_view, "'clusteredIndex' is not supported on a view");
    if (!is_absent(body.find("idIndex")))
        return refuse(server_code::invalid_options, "'idIndex' is not allowed with 'clusteredIndex'");
    return {};
}

Accepted check_only_id(bson::DocumentView given) {
    static constexpr std::array<std::string_view, 5> allowed{"key", "name", "v", "ns", "collation"};
    for (const auto value : given) {
        if (std::find(allowed.begin(), allowed.end(), value.key()) == allowed.end())
            return refuse(server_code::invalid_index_specification_option,
                          "The field '" + std::string(value.key()) + "' is not valid for an _id index");
    }
    return refuse(server_code::bad_value, "The field 'key' for an _id index must be {_id: 1}");
}

}  // namespace

Answer<std::optional<bson::Document>> clustered_index(const Request& request, index::ServerVersion version) {
    const auto given = request.body.find("clusteredIndex");
    if (is_absent(given)) return std::optional<bson::Document>();
    const bool is_known = version >= index::version_5_3;
    if (!is_document(*given) && !(is_known && is_truth(*given)))
        return wrong_type("create.clusteredIndex", *given, "object");
    if (!is_known) return unknown_option(*given->document());
    MIM_CHECK(check_beside_clustered(request.body));
    const auto wanted = given->document();
    if (!wanted && given->truthy())
        return refuse(clustered_by_bool,
                      "'clusteredIndex' is true or false for the buckets of a time series alone");
    if (!wanted) return std::optional<bson::Document>();
    MIM_TRY(stored, stored_clustered_index(*wanted));
    return std::optional<bson::Document>(std::move(stored));
}

Answer<std::optional<bson::Document>> id_index(const Request& request, const index::RuleContext& context) {
    MIM_TRY(given, Arguments(request).document("idIndex"));
    if (!given) return std::optional<bson::Document>();
    if (context.collection.kind != index::CollectionKind::ordinary)
        return refuse(server_code::invalid_options, "'idIndex' is not allowed for a view or a time series");
    if (const auto bad = index::check_document(*given, context)) return refuse(*bad);
    if (!index::Spec::from_document(*given).is_id_index()) MIM_CHECK(check_only_id(*given));
    return std::optional<bson::Document>(bson::Document(*given));
}

}  // namespace mim::sandbox::commands
