#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "http/definition/definition_json.hpp"
#include "http/views/views.hpp"

namespace mim::http {
namespace {

void write_error(JsonWriter& json, const app::SyncRecord& record) {
    json.key("error");
    if (!record.error) {
        json.null();
        return;
    }
    json.begin_object().field("code", record.error->code).field("name", record.error->name);
    json.field("message", record.error->message).end_object();
}

// The command that builds the index again, every type kept. As text, because JSON's objects promise no order.
std::string build_command(const app::SyncRecord& record) {
    const bson::Document command = bson::Builder()
                                       .add("createIndexes", record.collection)
                                       .add_array("indexes", bson::Array().add(record.definition).take())
                                       .take();
    return bson::to_json(command);
}

// The index wanted, or the one that was there before.
void write_index(JsonWriter& json, const app::SyncRecord& record) {
    json.key("definition");
    if (record.definition.empty()) {
        json.null();
        return;
    }
    const index::Spec spec = index::Spec::from_document(record.definition);
    json.begin_object().field("name", spec.name).key("keys");
    write_keys(json, spec.key);
    json.key("options");
    write_options(json, spec.options);
    if (record.action == index::Action::drop || record.action == index::Action::hide)
        json.field("create_command", build_command(record));
    json.end_object();
}

void write_record(JsonWriter& json, const app::SyncRecord& record) {
    json.begin_object().field("collection", record.collection).field("index", record.index);
    json.field("action", index::to_string(record.action)).field("status", app::to_string(record.status));
    json.field("started_at", record.started_at).field("completed_at", record.completed_at);
    json.field("progress", record.progress);
    write_error(json, record);
    json.field("reason", record.reason).field("risk", index::to_string(record.risk));
    json.field("statement", record.statement);
    write_index(json, record);
    json.end_object();
}

void write_fields(JsonWriter& json, const app::Sync& sync, const app::Database& database) {
    json.field("id", sync.id).field("database_id", sync.database).field("database_name", database.name);
    json.field("status", app::to_string(sync.status))
        .field("progress", sync.progress)
        .field("error", sync.error);
    json.key("collections").begin_array();
    for (const std::string& collection : sync.collections) json.value(collection);
    json.end_array().field("is_finished", app::is_finished(sync.status));
    json.field("started_at", sync.started_at).field("completed_at", sync.completed_at);
    json.field("created_at", sync.created_at).field("updated_at", sync.updated_at);
    json.field("completed_tasks", sync.completed_tasks).field("total_tasks", sync.total_tasks);
    json.field("restored_sync_id", sync.restoration ? std::optional(sync.restoration->of) : std::nullopt);
}

}  // namespace

void write_sync(JsonWriter& json, const app::Sync& sync, const app::Database& database) {
    json.begin_object();
    write_fields(json, sync, database);
    json.key("records").begin_array();
    for (const app::SyncRecord& record : sync.records) write_record(json, record);
    json.end_array().end_object();
}

void write_sync_row(JsonWriter& json, const app::Sync& sync, const app::Database& database) {
    json.begin_object();
    write_fields(json, sync, database);
    json.key("database").begin_object().field("id", database.id).field("name", database.name);
    json.field("db_name", database.db_name).end_object().end_object();
}

}  // namespace mim::http
