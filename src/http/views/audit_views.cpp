#include "http/views/audit_views.hpp"

namespace mim::http {
namespace {

void text_or_null(JsonWriter& json, std::string_view name, const std::string& text) {
    json.key(name);
    if (text.empty()) {
        json.null();
    } else {
        json.value(text);
    }
}

void object_or_null(JsonWriter& json, std::string_view name, const std::string& object) {
    json.key(name);
    if (object.empty()) {
        json.null();
    } else {
        json.raw(object);
    }
}

}  // namespace

void write_api_key_fields(JsonWriter& json, const app::ApiKey& key) {
    json.field("id", key.id).field("prefix", key.prefix).field("name", key.name);
    json.field("scope", app::to_string(key.scope)).key("databases");
    if (key.databases) {
        json.begin_array();
        for (const DatabaseId& database : *key.databases) json.value(database);
        json.end_array();
    } else {
        json.null();
    }
    json.field("created_at", key.created_at).field("expires_at", key.expires_at);
}

void write_api_key(JsonWriter& json, const app::OwnedApiKey& owned) {
    json.begin_object();
    write_api_key_fields(json, owned.key);
    json.field("last_used_at", owned.key.last_used_at).field("owner_id", owned.key.owner);
    json.field("owner", owned.username).end_object();
}

void write_audit_entry(JsonWriter& json, const app::AuditEntry& entry) {
    json.begin_object().field("id", entry.id).field("at", entry.at).field("began_at", entry.began_at);
    json.field("action", entry.action).field("outcome", app::to_string(entry.outcome));
    text_or_null(json, "error", entry.error);
    json.field("user_id", entry.actor.user);
    text_or_null(json, "username", entry.actor.username);
    text_or_null(json, "role", entry.actor.role ? std::string(app::to_string(*entry.actor.role)) : "");
    json.field("api_key_id", entry.actor.key);
    text_or_null(json, "api_key_prefix", entry.actor.key_prefix);
    text_or_null(json, "address", entry.address);
    text_or_null(json, "request_id", entry.request_id);
    json.field("database_id", entry.database);
    text_or_null(json, "subject", entry.subject);
    object_or_null(json, "before", entry.before);
    object_or_null(json, "after", entry.after);
    json.end_object();
}

}  // namespace mim::http
