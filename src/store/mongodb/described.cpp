#include "store/mongodb/described.hpp"

namespace mim::store::mongodb {
namespace {

using index::ServerVersion;

std::optional<std::string> version_text(const std::optional<ServerVersion>& version) {
    return version ? std::optional(version->text()) : std::nullopt;
}

// None where there is none; damaged where it is something else.
std::optional<ServerVersion> version_in(Reader& reader, std::string_view key) {
    if (!reader.present(key)) return std::nullopt;
    return reader.must(ServerVersion::parse(reader.text(key)));
}

}  // namespace

bson::Document place_document(const app::Place& place) {
    return fields("hosts", array_of(place.hosts), "db_name", place.db_name);
}

std::optional<bson::Document> Kept<std::optional<app::Place>>::form(const std::optional<app::Place>& place) {
    if (!place) return std::nullopt;
    return place_document(*place);
}

std::optional<app::Place> Kept<std::optional<app::Place>>::read(Reader& reader, std::string_view key) {
    const auto part = reader.part(key);
    if (!part) return std::nullopt;
    Reader inside(*part);
    app::Place place{.hosts = inside.texts("hosts"), .db_name = inside.text("db_name")};
    if (inside.damaged()) return std::nullopt;
    return place;
}

bson::Document seen_server_document(const app::SeenServer& seen) {
    return fields("version", seen.release.binary.text(), "feature_version",
                  version_text(seen.release.feature_version), "rules_before", version_text(seen.rules_before),
                  "since", seen.since);
}

std::optional<bson::Document> Kept<std::optional<app::SeenServer>>::form(
    const std::optional<app::SeenServer>& seen) {
    if (!seen) return std::nullopt;
    return seen_server_document(*seen);
}

std::optional<app::SeenServer> Kept<std::optional<app::SeenServer>>::read(Reader& reader,
                                                                          std::string_view key) {
    const auto part = reader.part(key);
    if (!part) return std::nullopt;
    Reader inside(*part);
    app::SeenServer seen;
    seen.release.binary = inside.must(version_in(inside, "version"));
    seen.release.feature_version = version_in(inside, "feature_version");
    seen.rules_before = version_in(inside, "rules_before");
    seen.since = inside.time("since");
    if (inside.damaged()) return std::nullopt;
    return seen;
}

ArrayOf Kept<std::vector<DatabaseId>>::form(const std::vector<DatabaseId>& ids) {
    std::vector<std::string_view> texts;
    texts.reserve(ids.size());
    for (const auto& id : ids) texts.emplace_back(id.text());
    return array_of(texts);
}

std::vector<DatabaseId> Kept<std::vector<DatabaseId>>::read(Reader& reader, std::string_view key) {
    std::vector<DatabaseId> ids;
    for (const auto& text : reader.texts(key)) {
        auto id = DatabaseId::parse(text);
        reader.expect(id.has_value());
        if (id) ids.push_back(std::move(*id));
    }
    return ids;
}

}  // namespace mim::store::mongodb
