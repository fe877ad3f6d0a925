#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/confirmation_reader.hpp"
#include "http/envelope.hpp"
#include "http/ignored_fields.hpp"
#include "http/route.hpp"
#include "http/views/views.hpp"

namespace mim::http {
namespace {

app::Protection protection_of(bool wanted) {
    return wanted ? app::Protection::on : app::Protection::off;
}
app::DuplicateSamples samples_of(bool wanted) {
    return wanted ? app::DuplicateSamples::shown : app::DuplicateSamples::hidden;
}

app::DatabaseDraft read_draft(ObjectReader& fields) {
    app::DatabaseDraft draft;
    draft.name = fields.required_string("name");
    draft.description = fields.string_or_empty("description");
    draft.uri = Secret(fields.required_string("uri"));
    draft.db_name = fields.required_string("db_name");
    if (const auto wanted = fields.optional_boolean("protected")) draft.protection = protection_of(*wanted);
    if (const auto wanted = fields.optional_boolean("show_duplicates"))
        draft.duplicate_samples = samples_of(*wanted);
    return draft;
}

app::DatabaseChange read_change(ObjectReader& fields) {
    app::DatabaseChange change;
    change.name = fields.changed_string("name");
    change.description = fields.clearable_string("description");
    if (auto uri = fields.changed_string("uri")) change.uri = Secret(std::move(*uri));
    change.db_name = fields.changed_string("db_name");
    if (const auto wanted = fields.changed_boolean("protected")) change.protection = protection_of(*wanted);
    if (const auto wanted = fields.changed_boolean("show_duplicates"))
        change.duplicate_samples = samples_of(*wanted);
    return change;
}

app::ConnectionTest read_test(ObjectReader& fields) {
    return fields.flag("is_test_connection") ? app::ConnectionTest::perform : app::ConnectionTest::skip;
}

}  // namespace

Result<Response> create_database(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const app::DatabaseDraft draft = read_draft(fields);
    const app::ConnectionTest test = read_test(fields);
    const auto import = fields.flag("is_sync_index") ? app::InitialImport::perform : app::InitialImport::skip;
    ignore(fields, ignored_of_new_database);
    MIM_CHECK(body.verdict());
    tell_tried(request, [&](JsonWriter& json) { write_database_change(json, draft); });
    MIM_TRY(created, context.api.use_cases.databases.create(draft, test, import, request.caller->role));
    request.audit.database = created.id;
    request.audit.subject = created.id.text();
    tell_after(request, [&](JsonWriter& json) { write_database(json, created.stored); });
    const auto write = [&](JsonWriter& json) {
        json.begin_object().field("id", created.id);
        if (created.import) write_import_fields(json, *created.import);
        write_shared_place(json, created.stored);
        json.end_object();
    };
    return answer(write, status_created);
}

Result<Response> list_databases(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const app::PageRequest page = read_page(fields);
    MIM_CHECK(body.verdict());
    const auto& key = request.caller->key;
    if (key != nullptr && key->databases) {
        MIM_TRY(some, context.api.use_cases.databases.list_among(*key->databases, page));
        return answer_page(some, write_database);
    }
    MIM_TRY(found, context.api.use_cases.databases.list(page));
    return answer_page(found, write_database);
}

Result<Response> get_database(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<DatabaseId>(request, "id"));
    MIM_TRY(database, context.api.use_cases.databases.get(id));
    return answer([&](JsonWriter& json) { write_database(json, database); });
}

Result<Response> update_database(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<DatabaseId>(request, "id"));
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const app::DatabaseChange wanted = read_change(fields);
    const app::ConnectionTest test = read_test(fields);
    ignore(fields, ignored_of_changed_database);
    MIM_CHECK(body.verdict());
    tell_tried(request, [&](JsonWriter& json) { write_database_change(json, wanted); });
    const auto by = request.caller->key ? app::Credential::api_key : app::Credential::access_token;
    MIM_TRY(changed, context.api.use_cases.databases.update(id, wanted, test, request.caller->role, by));
    tell_before(request, [&](JsonWriter& json) { write_database(json, changed.before); });
    tell_after(request, [&](JsonWriter& json) { write_database(json, changed.after); });
    return answer([&](JsonWriter& json) {
        json.begin_object().field("success", true);
        write_shared_place(json, changed.after);
        json.end_object();
    });
}

Result<Response> delete_database(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<DatabaseId>(request, "id"));
    MIM_TRY(confirmation, read_confirmation(request));
    MIM_TRY(removed, context.api.use_cases.databases.remove(id, confirmation, request.caller->role,
                                                            request.caller->user));
    if (!removed) tell_nothing_done(request);
    if (removed) tell_before(request, [&](JsonWriter& json) { write_database(json, *removed); });
    return success();
}

Result<Response> test_database(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<DatabaseId>(request, "id"));
    MIM_TRY(database, context.api.use_cases.databases.get(id));
    tell_tried(request, [&](JsonWriter& json) { write_database(json, database); });
    MIM_TRY(server, context.api.use_cases.databases.test(id));
    return answer([&](JsonWriter& json) {
        json.begin_object().field("ok", true).field("latency_ms", server.latency.count());
        json.field("server_version", server.version_text);
        write_feature_version(json, server.release);
        write_feature_version_source(json, server.feature_version_source);
        json.field("topology", server.topology).end_object();
    });
}

}  // namespace mim::http
