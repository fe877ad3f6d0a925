#include "app/ports/target.hpp"
#include "http/definition/definition_json.hpp"
#include "http/views/views.hpp"

namespace mim::http {

void write_shared_place(JsonWriter& json, const app::Database& database) {
    if (database.same_place_as.empty()) return;
    if (database.protected_by) json.field("protected_by", *database.protected_by);
    json.key("same_place_as").begin_array();
    for (const DatabaseId& other : database.same_place_as) json.value(other.text());
    json.end_array();
}

void write_feature_version(JsonWriter& json, const index::ServerRelease& release) {
    json.key("feature_compatibility_version");
    if (release.feature_version) {
        json.value(release.feature_version->text());
    } else {
        json.null();
    }
}

namespace {

std::optional<std::string_view> word_for(app::FeatureVersionSource source) {
    switch (source) {
        case app::FeatureVersionSource::server:
            return "server";
        case app::FeatureVersionSource::last_look:
            return "last_look";
        case app::FeatureVersionSource::refused:
            return "refused";
        case app::FeatureVersionSource::none:
            return std::nullopt;
    }
    return std::nullopt;
}

void write_seen_server(JsonWriter& json, const std::optional<app::SeenServer>& seen) {
    if (!seen) {
        json.null();
        return;
    }
    json.begin_object().field("version", seen->release.binary.text());
    write_feature_version(json, seen->release);
    json.field("since", seen->since).end_object();
}

}  // namespace

void write_feature_version_source(JsonWriter& json, app::FeatureVersionSource source) {
    json.key("feature_compatibility_version_from").value(word_for(source));
}

void write_database(JsonWriter& json, const app::Database& database) {
    json.begin_object().field("id", database.id);
    json.field("created_at", database.created_at).field("updated_at", database.updated_at);
    json.field("name", database.name).field("description", database.description);
    json.field("uri", app::masked_uri(database.uri)).field("db_name", database.db_name);
    json.field("protected", database.protection == app::Protection::on);
    json.field("show_duplicates", app::shows_duplicates(database));
    if (database.uri_error) json.field("uri_error", database.uri_error->message);
    json.key("server");
    write_seen_server(json, database.seen_server);
    write_shared_place(json, database);
    json.end_object();
}

void write_database_change(JsonWriter& json, const app::DatabaseChange& wanted) {
    json.begin_object();
    if (wanted.name) json.field("name", *wanted.name);
    if (wanted.description) json.field("description", *wanted.description);
    if (wanted.uri) json.field("uri", app::masked_uri(*wanted.uri));
    if (wanted.db_name) json.field("db_name", *wanted.db_name);
    if (wanted.protection) json.field("protected", *wanted.protection == app::Protection::on);
    if (wanted.duplicate_samples)
        json.field("show_duplicates", *wanted.duplicate_samples == app::DuplicateSamples::shown);
    json.end_object();
}

void write_definition(JsonWriter& json, const app::Definition& definition) {
    json.begin_object().field("id", definition.id).field("database_id", definition.database);
    json.field("created_at", definition.created_at).field("updated_at", definition.updated_at);
    json.field("collection", definition.collection);
    write_index_fields(json, definition.spec, definition.signature);
    json.end_object();
}

void write_import_fields(JsonWriter& json, const app::ImportReport& report) {
    json.field("imported_count", report.imported_count).field("skipped_count", report.skipped_count);
    json.key("skipped").begin_array();
    for (const app::SkippedIndex& skipped : report.skipped) {
        json.begin_object().field("collection", skipped.collection).field("name", skipped.name);
        json.field("reason", skipped.reason).end_object();
    }
    json.end_array();
}

}  // namespace mim::http
