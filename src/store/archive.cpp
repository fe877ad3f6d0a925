#include "store/archive.hpp"

#include "app/model/audit_document.hpp"
#include "app/model/sync_documents.hpp"
#include "bson/builder.hpp"
#include "store/sync_names.hpp"

namespace mim::store {
namespace {

std::int64_t ticks(const std::optional<Timestamp>& time) {
    return time ? time->time_since_epoch().count() : -1;
}

template <class IdType>
std::string text_of(const std::optional<IdType>& id) {
    return id ? id->text() : std::string();
}

void add(bson::Builder& into, const app::User& user) {
    into.add("id", user.id.text())
        .add("created", ticks(user.created_at))
        .add("updated", ticks(user.updated_at));
    into.add("name", user.username).add("email", user.email).add("hash", user.password_hash.reveal());
    into.add("first", user.profile.first_name).add("last", user.profile.last_name);
    into.add("avatar", user.profile.avatar).add("role", app::to_string(user.role));
    into.add("disabled", user.status == app::AccountStatus::disabled);
    into.add("sessions", user.session_version).add("kept", text_of(user.kept_family));
}

void add(bson::Builder& into, const ArchivedFamily& archived) {
    const auto& family = archived.family;
    into.add("id", family.id.text()).add("user", family.user.text()).add("now", family.refresh.newest);
    into.add("others", family.refresh.others);
    into.add("until", ticks(family.expires_at)).add("live", archived.state == app::FamilyState::live);
    into.add("version", family.session_version);
}

void add(bson::Builder& into, const app::Database& database) {
    into.add("id", database.id.text()).add("created", ticks(database.created_at));
    into.add("updated", ticks(database.updated_at)).add("name", database.name);
    into.add("description", database.description).add("uri", database.uri.reveal());
    into.add("db_name", database.db_name).add("protected", database.protection == app::Protection::on);
    into.add("samples", database.duplicate_samples == app::DuplicateSamples::shown);
    into.add("place", database.place ? to_text(*database.place) : std::string());
}

void add(bson::Builder& into, const app::Invite& invite) {
    into.add("id", invite.id.text()).add("created", ticks(invite.created_at));
    into.add("expires", ticks(invite.expires_at)).add("by", invite.created_by.text());
    into.add("prefix", invite.prefix).add("hash", invite.token_hash);
    into.add("role", app::to_string(invite.role)).add("has_email", invite.email.has_value());
    into.add("email", invite.email.value_or("")).add("used", ticks(invite.used_at));
    into.add("used_by", text_of(invite.used_by)).add("revoked", ticks(invite.revoked_at));
}

void add(bson::Builder& into, const app::Definition& definition) {
    into.add("id", definition.id.text()).add("database", definition.database.text());
    into.add("created", ticks(definition.created_at)).add("updated", ticks(definition.updated_at));
    into.add("collection", definition.collection).add("name", definition.spec.name);
    into.add("key", definition.spec.key).add("options", definition.spec.options);
    into.add("signature", definition.signature).add("has_unique", definition.unique_key.has_value());
    into.add("unique", definition.unique_key.value_or(""));
}

bson::Document document_of(const app::SyncRecord& record) {
    bson::Builder into;
    into.add("position", record.position).add("collection", record.collection).add("index", record.index);
    into.add("action", to_column(record.action)).add("status", app::to_string(record.status));
    into.add("started", ticks(record.started_at)).add("completed", ticks(record.completed_at));
    into.add("progress", record.progress).add("reason", record.reason).add("risk", to_column(record.risk));
    into.add("statement", record.statement).add("definition", record.definition);
    into.add("entry", text_of(record.definition_id));
    if (const auto& error = record.error)
        into.add("code", error->code).add("codeName", error->name).add("message", error->message);
    return into.take();
}

void add(bson::Builder& into, const ArchivedSync& archived) {
    const app::Sync& sync = archived.sync;
    bson::Array collections, records;
    for (const auto& collection : sync.collections) collections.add(collection);
    for (const auto& record : sync.records) records.add(document_of(record));
    into.add("id", sync.id.text()).add("database", sync.database.text());
    into.add("created", ticks(sync.created_at)).add("updated", ticks(sync.updated_at));
    into.add("started", ticks(sync.started_at)).add("completed", ticks(sync.completed_at));
    into.add("collections", collections.take()).add("missing", to_column(sync.options.missing));
    into.add("extra", to_column(sync.options.extra)).add("changed", to_column(sync.options.changed));
    into.add("drop", to_column(sync.options.drop_mode)).add("names", to_column(sync.options.names));
    into.add("on_failure", to_column(sync.options.on_failure));
    into.add("has_print", sync.options.fingerprint.has_value());
    into.add("print", sync.options.fingerprint.value_or("")).add("status", app::to_string(sync.status));
    into.add("progress", sync.progress).add("error", sync.error).add("total", sync.total_tasks);
    into.add("done", sync.completed_tasks)
        .add("by", text_of(sync.requested_by))
        .add("as", app::to_string(sync.requested_as))
        .add("fence", sync.fence);
    into.add("cancel", archived.cancel == CancelRequested::yes).add("records", records.take());
    if (sync.restoration) into.add("restoration", app::to_document(*sync.restoration));
}

void add(bson::Builder& into, const app::ApiKey& key) {
    into.add("id", key.id.text()).add("owner", key.owner.text()).add("created", ticks(key.created_at));
    into.add("name", key.name).add("prefix", key.prefix).add("hash", key.secret_hash);
    into.add("scope", app::to_string(key.scope)).add("until", ticks(key.expires_at));
    into.add("used", ticks(key.last_used_at));
    if (!key.databases) return;
    bson::Array databases;
    for (const auto& database : *key.databases) databases.add(database.text());
    into.add("databases", databases.take());
}

void add(bson::Builder& into, const app::AuditEntry& entry) {
    into.add("entry", app::to_document(entry));
}

void add(bson::Builder& into, const ArchivedIntent& intent) {
    into.add("intent", app::to_document(intent.entry));
}

void add(bson::Builder& into, const app::MadeCollection& made) {
    into.add("id", made.id.text()).add("database", made.database.text());
    into.add("created", ticks(made.created_at)).add("name", made.name);
}

}  // namespace

std::string_view to_string(Kind kind) {
    constexpr std::string_view names[] = {"users",         "token families",  "databases", "definitions",
                                          "syncs",         "invites",         "API keys",  "audit entries",
                                          "audit intents", "made collections"};
    return names[static_cast<std::size_t>(kind)];
}

const std::string& id_of(const Item& item) {
    struct Visitor {
        const std::string& operator()(const app::User& user) const { return user.id.text(); }
        const std::string& operator()(const ArchivedFamily& each) const { return each.family.id.text(); }
        const std::string& operator()(const app::Database& database) const { return database.id.text(); }
        const std::string& operator()(const app::Definition& each) const { return each.id.text(); }
        const std::string& operator()(const ArchivedSync& each) const { return each.sync.id.text(); }
        const std::string& operator()(const app::Invite& invite) const { return invite.id.text(); }
        const std::string& operator()(const app::ApiKey& key) const { return key.id.text(); }
        const std::string& operator()(const app::AuditEntry& entry) const { return entry.id.text(); }
        const std::string& operator()(const ArchivedIntent& intent) const { return intent.entry.id.text(); }
        const std::string& operator()(const app::MadeCollection& made) const { return made.id.text(); }
    };
    return std::visit(Visitor{}, item);
}

std::string bytes_of(const Item& item) {
    bson::Builder builder;
    std::visit([&builder](const auto& each) { add(builder, each); }, item);
    return builder.take().byte_string();
}

}  // namespace mim::store
