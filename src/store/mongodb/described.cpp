#include "store/mongodb/described.hpp"

namespace mim::store::mongodb {

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
