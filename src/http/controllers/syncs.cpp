#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/controllers/sync_options.hpp"
#include "http/envelope.hpp"
#include "http/route.hpp"
#include "http/views/views.hpp"

namespace mim::http {
namespace {

enum class Scope { collections, database };

// Both or neither; one alone names the other.
std::optional<app::IndexPlace> read_place(ObjectReader& fields) {
    const bool collection_given = fields.find("collection") != nullptr;
    const bool index_given = fields.find("index") != nullptr;
    if (!collection_given && !index_given) return std::nullopt;
    app::IndexPlace place{fields.required_string("collection"), fields.required_string("index")};
    return place;
}

Response started(const SyncId& sync) {
    return answer([&](JsonWriter& json) {
        json.begin_object().field("success", true).field("sync_id", sync).end_object();
    });
}

Result<Response> submit(const Context& context, const Request& request, Scope scope) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    std::optional<std::vector<std::string>> collections;
    if (scope == Scope::collections) collections = fields.required_names("collections");
    const app::SyncOptions options = read_sync_options(fields);
    MIM_CHECK(body.verdict());
    const app::SyncRequest wanted{.database = *database,
                                  .collections = std::move(collections),
                                  .options = options,
                                  .requested_by = request.caller->user,
                                  .requested_as = request.caller->role};
    MIM_TRY(sync, context.api.use_cases.syncs.submit(wanted));
    request.audit.subject = sync.text();
    tell_after(request, [&](JsonWriter& json) {
        json.begin_object().field("sync_id", sync).key("request").raw(body.text()).end_object();
    });
    return started(sync);
}

void write_sync_id(JsonWriter& json, const SyncId& sync) {
    json.begin_object().field("sync_id", sync).end_object();
}

void tell_import(const Request& request, const app::ImportReport& report) {
    if (!report.replaced.empty()) {
        tell_before(request, [&](JsonWriter& json) {
            json.begin_object().key("indexes").begin_array();
            for (const app::Definition& definition : report.replaced) write_definition(json, definition);
            json.end_array().end_object();
        });
    }
    tell_after(request, [&](JsonWriter& json) {
        json.begin_object().field("imported_count", report.imported_count);
        json.field("skipped_count", report.skipped_count).end_object();
    });
}

}  // namespace

Result<Response> sync_by_collections(const Context& context, const Request& request) {
    return submit(context, request, Scope::collections);
}

Result<Response> sync_by_database(const Context& context, const Request& request) {
    return submit(context, request, Scope::database);
}

Result<Response> sync_from_database(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    const auto on_conflict = fields.word<app::OnConflict>(
        "on_conflict", {{"skip", app::OnConflict::skip}, {"replace", app::OnConflict::replace}},
        app::OnConflict::skip);
    MIM_CHECK(body.verdict());
    MIM_TRY(report,
            context.api.use_cases.imports.from_database(*database, on_conflict, request.caller->role));
    tell_import(request, report);
    return answer([&](JsonWriter& json) {
        json.begin_object();
        write_import_fields(json, report);
        json.end_object();
    });
}

Result<Response> get_sync(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
    MIM_TRY(found, context.api.use_cases.syncs.get(id));
    return answer([&](JsonWriter& json) { write_sync(json, found.sync, found.database); });
}

Result<Response> list_syncs(const Context& context, const Request& request) {
    MIM_TRY(database, id_parameter<DatabaseId>(request, "database_id"));
    MIM_TRY(page, read_page(request));
    MIM_TRY(found, context.api.use_cases.syncs.list(database, page));
    return answer_page(found.page, [&](JsonWriter& json, const app::Sync& sync) {
        write_sync_row(json, sync, found.database);
    });
}

Result<Response> cancel_sync(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
    MIM_CHECK(context.api.use_cases.syncs.cancel(id));
    tell_before(request, [&](JsonWriter& json) { write_sync_id(json, id); });
    return success();
}

Result<Response> retry_sync(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
    MIM_TRY(again, read_retry(request, id));
    MIM_TRY(sync, context.api.use_cases.syncs.retry(again));
    tell_before(request, [&](JsonWriter& json) { write_sync_id(json, id); });
    tell_after(request, [&](JsonWriter& json) { write_sync_id(json, sync); });
    return started(sync);
}

Result<Response> restore_sync(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    auto only = read_place(fields);
    MIM_CHECK(body.verdict());
    const app::RestoreRequest wanted{.sync = id,
                                     .only = std::move(only),
                                     .requested_by = request.caller->user,
                                     .requested_as = request.caller->role};
    MIM_TRY(sync, context.api.use_cases.syncs.restore(wanted));
    tell_before(request, [&](JsonWriter& json) { write_sync_id(json, id); });
    tell_after(request, [&](JsonWriter& json) {
        json.begin_object().field("sync_id", sync).key("request").raw(body.text()).end_object();
    });
    return started(sync);
}

}  // namespace mim::http
