#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/definition/definition_json.hpp"
#include "http/definition/option_names.hpp"
#include "http/envelope.hpp"
#include "http/ignored_fields.hpp"
#include "http/route.hpp"
#include "http/views/views.hpp"

namespace mim::http {
namespace {

// A definition stays where it is: who sends back what he has read names its place, and no other.
struct NamedPlace {
    std::optional<std::string> database;
    std::optional<std::string> collection;
};

void check_place(ObjectReader& fields, const NamedPlace& named, const app::Definition& stored) {
    if (named.database && *named.database != stored.database.text())
        fields.complain("database_id", "Cannot be changed: define the index in the other database");
    if (named.collection && *named.collection != stored.collection)
        fields.complain("collection", "Cannot be changed: define the index in the other collection");
}

index::Spec wanted_spec(const app::SpecChange& wanted, index::Spec stored) {
    if (wanted.key) stored.key = *wanted.key;
    if (wanted.options) stored.options = *wanted.options;
    return stored;
}

// The rules speak of `expireAfterSeconds`; the caller wrote `options.expire_after_seconds`.
Error in_request_words(Error error, const index::Spec& spec) {
    for (FieldError& field : error.fields) field.path = api_path(spec, field.path);
    return error;
}

}  // namespace

Result<Response> create_index(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    const std::string collection = fields.required_string("collection");
    const index::Spec spec = read_spec(fields);
    MIM_CHECK(body.verdict());
    const auto created = context.api.use_cases.definitions.create(*database, collection, spec);
    if (!created) return in_request_words(created.error(), spec);
    request.audit.subject = created->text();
    if (const auto stored = context.api.use_cases.definitions.get(*created))
        tell_after(request, [&](JsonWriter& json) { write_definition(json, *stored); });
    const auto write = [&](JsonWriter& json) { json.begin_object().field("id", *created).end_object(); };
    return answer(write, status_created);
}

Result<Response> list_indexes(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    const std::string collection = fields.required_string("collection");
    const app::PageRequest page = read_page(fields);
    MIM_CHECK(body.verdict());
    MIM_TRY(found, context.api.use_cases.definitions.list(*database, collection, page));
    return answer_page(found, write_definition);
}

Result<Response> get_index(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<DefinitionId>(request, "id"));
    MIM_TRY(definition, context.api.use_cases.definitions.get(id));
    return answer([&](JsonWriter& json) { write_definition(json, definition); });
}

Result<Response> update_index(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<DefinitionId>(request, "id"));
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const app::SpecChange wanted = read_spec_change(fields);
    const NamedPlace named{fields.optional_string("database_id"), fields.optional_string("collection")};
    ignore(fields, ignored_of_changed_index);
    MIM_CHECK(body.verdict());
    MIM_TRY(stored, context.api.use_cases.definitions.get(id));
    check_place(fields, named, stored);
    MIM_CHECK(body.verdict());
    const auto changed = context.api.use_cases.definitions.update(id, wanted, request.caller->role);
    if (!changed) return in_request_words(changed.error(), wanted_spec(wanted, stored.spec));
    tell_before(request, [&](JsonWriter& json) { write_definition(json, changed->before); });
    tell_after(request, [&](JsonWriter& json) { write_definition(json, changed->after); });
    return success();
}

Result<Response> delete_index(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<DefinitionId>(request, "id"));
    MIM_TRY(removed, context.api.use_cases.definitions.remove(id, request.caller->role));
    if (!removed) tell_nothing_done(request);
    if (removed) tell_before(request, [&](JsonWriter& json) { write_definition(json, *removed); });
    return success();
}

}  // namespace mim::http
