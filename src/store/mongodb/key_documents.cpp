#include "store/mongodb/key_documents.hpp"

#include "app/model/audit_document.hpp"

namespace mim::store::mongodb {

Result<app::ApiKey> read_api_key(bson::DocumentView document) {
    Reader reader(document);
    auto id = reader.id<ApiKeyId>("_id");
    app::ApiKey key{.id = std::move(id), .owner = reader.id<UserId>("owner")};
    key.created_at = reader.time("created_at");
    key.name = reader.text("name");
    key.prefix = reader.text("prefix");
    key.secret_hash = reader.text("secret_hash");
    key.scope = reader.must(app::parse_key_scope(reader.text("scope")));
    key.expires_at = reader.optional_time("expires_at");
    key.last_used_at = reader.optional_time("last_used_at");
    if (reader.present("databases")) {
        std::vector<DatabaseId> databases;
        for (const auto& text : reader.texts("databases")) {
            const auto database = DatabaseId::parse(text);
            reader.expect(database.has_value());
            if (database) databases.push_back(*database);
        }
        key.databases = std::move(databases);
    }
    MIM_CHECK(reader.whole("an API key"));
    return key;
}

bson::Document to_document(const app::ApiKey& key) {
    std::optional<ArrayOf> databases;
    if (key.databases) {
        std::vector<std::string> texts;
        for (const auto& id : *key.databases) texts.push_back(id.text());
        databases = array_of(texts);
    }
    return fields("_id", key.id, "owner", key.owner, "created_at", key.created_at, "name", key.name, "prefix",
                  key.prefix, "secret_hash", key.secret_hash, "scope", app::to_string(key.scope), "databases",
                  databases, "expires_at", key.expires_at, "last_used_at", key.last_used_at);
}

Result<app::AuditEntry> read_audit_entry(bson::DocumentView document) {
    Reader reader(document);
    const bson::Document packed = reader.packed("entry");
    MIM_CHECK(reader.whole("an entry of the audit log"));
    auto entry = app::audit_entry_of(packed.view());
    if (!entry) return Error(ErrorCode::store_failed, "the store holds a damaged entry of the audit log");
    return std::move(*entry);
}

bson::Document entry_document(const app::AuditEntry& entry) {
    const bson::Document whole = app::to_document(entry);
    return fields("_id", entry.id, "at", entry.at, "action", entry.action, "outcome",
                  app::to_string(entry.outcome), "user", entry.actor.user, "database", entry.database,
                  "entry", Packed{whole});
}

bson::Document intent_document(const app::AuditEntry& intent) {
    const bson::Document whole = app::to_document(intent);
    return fields("_id", intent.id, "began_at", intent.began_at, "entry", Packed{whole});
}

}  // namespace mim::store::mongodb
