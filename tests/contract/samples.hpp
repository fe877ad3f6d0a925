// Things to store, each valid and different from the next.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/model/api_key.hpp"
#include "app/model/audit.hpp"
#include "app/model/database.hpp"
#include "app/model/definition.hpp"
#include "app/model/invite.hpp"
#include "app/model/sync.hpp"
#include "app/model/trash.hpp"
#include "app/model/user.hpp"
#include "bson/builder.hpp"

namespace mim::contract {

// 2026-01-01T00:00:00Z and so many seconds.
[[nodiscard]] inline Timestamp at(std::int64_t seconds) {
    return Timestamp{std::chrono::seconds{1'767'225'600 + seconds}};
}

[[nodiscard]] inline app::Discard a_discard(std::int64_t seconds = 50) {
    return {at(seconds), UserId::generate()};
}

[[nodiscard]] inline app::User a_user(const std::string& name) {
    app::User user;
    user.created_at = user.updated_at = at(1);
    user.username = name;
    user.email = name + "@example.org";
    user.password_hash = Secret("$argon2id$of-" + name);
    user.profile = {
        .first_name = "First " + name, .last_name = "Läst", .avatar = "https://example.org/" + name};
    return user;
}

[[nodiscard]] inline app::TokenFamily a_family(const UserId& user, const std::string& refresh_id) {
    app::TokenFamily family{.user = user};
    family.refresh.newest = refresh_id;
    family.expires_at = at(1000);
    return family;
}

[[nodiscard]] inline app::Invite an_invite(const std::string& token, std::int64_t created = 1) {
    app::Invite invite{.created_by = UserId::generate()};
    invite.created_at = at(created);
    invite.expires_at = at(created + 1000);
    invite.prefix = token.substr(0, 3);
    invite.token_hash = "hash of " + token;
    invite.role = app::Role::editor;
    return invite;
}

[[nodiscard]] inline app::ApiKey an_api_key(const UserId& owner, const std::string& prefix,
                                            std::int64_t created = 1) {
    app::ApiKey key{.owner = owner};
    key.created_at = at(created);
    key.name = "nightly " + prefix;
    key.prefix = prefix;
    key.secret_hash = "hash of " + prefix;
    key.scope = app::KeyScope::write;
    key.databases = {DatabaseId::generate(), DatabaseId::generate()};
    key.expires_at = at(5'000);
    return key;
}

[[nodiscard]] inline app::AuditEntry an_audit_entry(const std::string& action, std::int64_t seconds) {
    app::AuditEntry entry;
    entry.at = at(seconds);
    entry.began_at = at(seconds - 1);
    entry.action = action;
    entry.outcome = app::AuditOutcome::failed;
    entry.error = "sync_active";
    entry.actor = {.user = UserId::generate(),
                   .username = "ada",
                   .role = app::Role::editor,
                   .key = ApiKeyId::generate(),
                   .key_prefix = "0123456789ab"};
    entry.address = "192.0.2.7";
    entry.request_id = "r-1";
    entry.database = DatabaseId::generate();
    entry.subject = "orders";
    entry.before = R"({"name":"größe"})";
    entry.after = R"({"name":"a"})";
    return entry;
}

[[nodiscard]] inline app::Database a_database(const std::string& name, std::int64_t created = 1) {
    app::Database database;
    database.created_at = database.updated_at = at(created);
    database.name = name;
    database.description = "holds " + name;
    database.uri = Secret("mongodb://user:s3cret@host/" + name);
    database.db_name = "shop";
    return database;
}

// `field_1`, unless told otherwise: what the store keeps unique is given, not derived.
[[nodiscard]] inline app::Definition a_definition(const DatabaseId& database, const std::string& collection,
                                                  const std::string& field) {
    app::Definition definition{.database = database};
    definition.created_at = definition.updated_at = at(1);
    definition.collection = collection;
    definition.spec.name = field + "_1";
    definition.spec.key = bson::Builder().add(field, 1).take();
    definition.spec.options =
        bson::Builder().add("sparse", true).add("expireAfterSeconds", std::int64_t{60}).take();
    definition.signature = field + "_1 sparse";
    return definition;
}

[[nodiscard]] inline app::Sync a_sync(const DatabaseId& database, std::int64_t created = 1) {
    app::Sync sync{.database = database};
    sync.created_at = sync.updated_at = at(created);
    sync.collections = {"orders", "people"};
    return sync;
}

[[nodiscard]] inline app::SyncRecord a_record(const std::string& index,
                                              app::RecordStatus status = app::RecordStatus::pending) {
    app::SyncRecord record;
    record.collection = "orders";
    record.index = index;
    record.action = index::Action::drop;
    record.status = status;
    record.reason = "not in the registry";
    record.risk = index::Risk::destructive;
    record.statement = "db.orders.dropIndex(\"" + index + "\")";
    record.definition =
        bson::Builder().add("key", bson::Builder().add(index, 1).take()).add("name", index).take();
    return record;
}

// With every part that only some syncs and records have.
[[nodiscard]] inline app::Restoration a_restoration() {
    const index::Spec spec = index::Spec::from_document(a_record("a_1").definition);
    return {.of = SyncId::generate(),
            .indexes = {{.collection = "orders", .spec = spec, .way = app::RestoredIndex::Way::build},
                        {.collection = "people", .spec = spec, .way = app::RestoredIndex::Way::show}}};
}
[[nodiscard]] inline app::SyncRecord a_failed_record(const std::string& index) {
    app::SyncRecord record = a_record(index, app::RecordStatus::failed);
    record.error = ServerReply{11000, "DuplicateKey", "duplicates"};
    record.completed_at = at(5);
    record.definition_id = DefinitionId::generate();
    return record;
}

}  // namespace mim::contract
