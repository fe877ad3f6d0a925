// One of each plain thing with every field set to a value of its own, and the same in every run: what they
// become in a store is compared with a text.
#pragma once

#include "app/model/made_collection.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

// Twenty-four digits that end in `number`, of two.
template <class IdType>
[[nodiscard]] IdType fixed_id(int number) {
    return IdType::parse("6950000000000000000000" + std::to_string(number)).value();
}

[[nodiscard]] inline app::User whole_user() {
    app::User user;
    user.id = fixed_id<UserId>(10);
    user.profile = {.first_name = "Ada", .last_name = "Läst", .avatar = "https://example.org/ada"};
    user.created_at = at(11);
    user.updated_at = at(12);
    user.username = "Äda";
    user.email = "Ada@Example.org";
    user.password_hash = Secret("$argon2id$13");
    user.role = app::Role::admin;
    user.status = app::AccountStatus::disabled;
    user.session_version = 14;
    user.kept_family = fixed_id<TokenFamilyId>(15);
    return user;
}

[[nodiscard]] inline app::TokenFamily whole_family() {
    app::TokenFamily family{.id = fixed_id<TokenFamilyId>(20), .user = fixed_id<UserId>(10)};
    family.refresh = {"r21", "r22@23"};
    family.expires_at = at(24);
    family.session_version = 25;
    return family;
}

[[nodiscard]] inline app::Database whole_database() {
    app::Database database;
    database.id = fixed_id<DatabaseId>(30);
    database.created_at = at(31);
    database.updated_at = at(32);
    database.name = "Shop";
    database.description = "Über 33";
    database.uri = Secret("mongodb://user:s3cret@host34/");
    database.db_name = "db35";
    database.protection = app::Protection::on;
    database.duplicate_samples = app::DuplicateSamples::hidden;
    database.place = app::Place{.hosts = {"a:36", "b:37"}, .db_name = "db35"};
    database.seen_server =
        app::SeenServer{{{38, 1}, index::ServerVersion{37, 2}}, at(39), index::ServerVersion{36, 3}};
    return database;
}

[[nodiscard]] inline app::Definition whole_definition() {
    app::Definition definition{.id = fixed_id<DefinitionId>(40), .database = fixed_id<DatabaseId>(30)};
    definition.created_at = at(41);
    definition.updated_at = at(42);
    definition.collection = "Orders";
    definition.spec.name = "A_1";
    definition.spec.key = bson::Builder().add("A", 1).take();
    definition.spec.options = bson::Builder().add("unique", true).take();
    definition.signature = "A_1 unique";
    return definition;
}

[[nodiscard]] inline app::Invite whole_invite() {
    app::Invite invite{.id = fixed_id<InviteId>(50), .created_by = fixed_id<UserId>(10)};
    invite.created_at = at(51);
    invite.expires_at = at(52);
    invite.prefix = "p53";
    invite.token_hash = "h54";
    invite.role = app::Role::editor;
    invite.email = "bob@example.org";
    invite.used_at = at(55);
    invite.used_by = fixed_id<UserId>(56);
    invite.revoked_at = at(57);
    return invite;
}

[[nodiscard]] inline app::ApiKey whole_api_key() {
    app::ApiKey key{.id = fixed_id<ApiKeyId>(60), .owner = fixed_id<UserId>(10)};
    key.created_at = at(61);
    key.name = "nightly";
    key.prefix = "p62";
    key.secret_hash = "h63";
    key.scope = app::KeyScope::write;
    key.databases = {fixed_id<DatabaseId>(30), fixed_id<DatabaseId>(64)};
    key.expires_at = at(65);
    key.last_used_at = at(66);
    return key;
}

[[nodiscard]] inline app::MadeCollection whole_made_collection() {
    return {.id = fixed_id<app::MadeCollectionId>(70),
            .database = fixed_id<DatabaseId>(30),
            .created_at = at(71),
            .name = "Fresh"};
}

[[nodiscard]] inline app::Sync whole_sync() {
    app::Sync sync{.id = fixed_id<SyncId>(80), .database = fixed_id<DatabaseId>(30)};
    sync.created_at = at(81);
    sync.updated_at = at(82);
    sync.collections = {"Orders", "People"};
    sync.options = {.missing = index::MissingChoice::remove_from_registry,
                    .extra = index::ExtraChoice::import_to_registry,
                    .changed = index::ChangedChoice::take_into_registry,
                    .drop_mode = index::DropMode::hide,
                    .names = index::NamePolicy::strict,
                    .fingerprint = "f83",
                    .on_failure = app::OnFailure::carry_on};
    sync.requested_by = fixed_id<UserId>(84);
    sync.requested_as = app::Role::admin;
    sync.restoration = app::Restoration{
        .of = fixed_id<SyncId>(85),
        .indexes = {
            {.collection = "Orders", .spec = whole_definition().spec, .way = app::RestoredIndex::Way::show}}};
    return sync;
}

}  // namespace mim::contract
