#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/envelope.hpp"
#include "http/route.hpp"
#include "http/views/audit_views.hpp"

namespace mim::http {
namespace {

std::optional<std::vector<DatabaseId>> read_databases(ObjectReader& fields) {
    const auto texts = fields.optional_names("databases");
    if (!texts) return std::nullopt;
    std::vector<DatabaseId> databases;
    for (std::size_t at = 0; at < texts->size(); ++at) {
        auto id = DatabaseId::parse((*texts)[at]);
        if (id) databases.push_back(*std::move(id));
        if (!id) fields.refuse_kind("databases[" + std::to_string(at) + "]", takes::id, "another string");
    }
    return databases;
}

app::ApiKeyDraft read_key_draft(ObjectReader& fields) {
    app::ApiKeyDraft draft;
    draft.name = fields.required_string("name");
    fields.require("scope");
    draft.scope = fields.word<app::KeyScope>(
        "scope", {{"read", app::KeyScope::read}, {"write", app::KeyScope::write}}, app::KeyScope::read);
    draft.databases = read_databases(fields);
    const auto seconds = fields.optional_integer(
        "expires_in_seconds", {.least = 1, .greatest = app::ApiKeys::longest_lifetime.count()});
    if (seconds) draft.lifetime = std::chrono::seconds{*seconds};
    return draft;
}

void write_new_key(JsonWriter& json, const app::NewApiKey& made) {
    json.begin_object();
    write_api_key_fields(json, made.key);
    json.field("key", made.text.reveal()).end_object();
}

}  // namespace

Result<Response> create_api_key(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const app::ApiKeyDraft draft = read_key_draft(fields);
    MIM_CHECK(body.verdict());
    MIM_TRY(made, context.api.use_cases.api_keys.create(*request.caller, draft));
    request.audit.subject = made.key.id.text();
    tell_after(request, [&](JsonWriter& json) {
        json.begin_object();
        write_api_key_fields(json, made.key);
        json.end_object();
    });
    return answer([&](JsonWriter& json) { write_new_key(json, made); }, status_created);
}

Result<Response> list_api_keys(const Context& context, const Request& request) {
    MIM_TRY(page, read_page(request));
    MIM_TRY(found, context.api.use_cases.api_keys.list(*request.caller, page));
    return answer_page(found, write_api_key);
}

Result<Response> delete_api_key(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<ApiKeyId>(request, "id"));
    MIM_TRY(removed, context.api.use_cases.api_keys.remove(*request.caller, id));
    tell_before(request, [&](JsonWriter& json) {
        json.begin_object();
        write_api_key_fields(json, removed);
        json.field("owner_id", removed.owner).end_object();
    });
    return success();
}

}  // namespace mim::http
