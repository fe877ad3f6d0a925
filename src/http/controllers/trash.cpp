#include "app/trash.hpp"

#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/envelope.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

void write_trash_fields(JsonWriter& json, const app::TrashEntry& entry) {
    json.field("id", entry.id).field("kind", app::to_string(entry.kind));
    json.field("name", entry.name).field("database_id", entry.database);
    json.field("definitions", entry.definitions).field("deleted_at", entry.deleted_at);
    json.field("deleted_by", entry.deleted_by);
    json.field("purged_at", entry.deleted_at + app::Trash::kept_for);
}

void write_trash_entry(JsonWriter& json, const app::TrashEntry& entry) {
    json.begin_object();
    write_trash_fields(json, entry);
    json.end_object();
}

void write_purged(JsonWriter& json, const app::PurgedTrash& purged) {
    json.begin_object();
    write_trash_fields(json, purged.entry);
    if (!purged.along.empty()) {
        json.key("along").begin_array();
        for (const app::TrashEntry& each : purged.along) write_trash_entry(json, each);
        json.end_array();
    }
    json.end_object();
}

}  // namespace

Result<Response> list_trash(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const app::PageRequest page = read_page_alone(fields);
    MIM_CHECK(body.verdict());
    MIM_TRY(found, context.api.use_cases.trash.list(page, request.caller->role));
    return answer_page(found, write_trash_entry);
}

Result<Response> restore_trash(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<app::TrashId>(request, "id"));
    MIM_TRY(restored, context.api.use_cases.trash.restore(id, request.caller->role));
    request.audit.database = restored.database;
    tell_after(request, [&](JsonWriter& json) { write_trash_entry(json, restored); });
    return success();
}

Result<Response> purge_trash(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<app::TrashId>(request, "id"));
    MIM_TRY(purged, context.api.use_cases.trash.purge(id));
    if (!purged) {
        tell_nothing_done(request);
        return success();
    }
    request.audit.database = purged->entry.database;
    tell_before(request, [&](JsonWriter& json) { write_purged(json, *purged); });
    return success();
}

}  // namespace mim::http
