#include "store/sqlite/described.hpp"

#include <algorithm>

namespace mim::store {
namespace {

constexpr std::size_t id_length = 24;

}  // namespace

std::optional<std::string> Column<std::optional<app::Place>>::put(const std::optional<app::Place>& place) {
    if (!place) return std::nullopt;
    return to_text(*place);
}

Result<std::optional<app::Place>> Column<std::optional<app::Place>>::read(const sqlite::Statement& row,
                                                                          int column) {
    const auto place = row.optional_text(column);
    return place ? app::parse_place(*place) : std::nullopt;
}

std::optional<std::string> Column<std::optional<app::SeenServer>>::put(
    const std::optional<app::SeenServer>& seen) {
    if (!seen) return std::nullopt;
    return to_text(*seen);
}

Result<std::optional<app::SeenServer>> Column<std::optional<app::SeenServer>>::read(
    const sqlite::Statement& row, int column) {
    const auto seen = row.optional_text(column);
    return seen ? app::parse_seen_server(*seen) : std::nullopt;
}

std::string Column<std::vector<DatabaseId>>::put(const std::vector<DatabaseId>& ids) {
    std::string text;
    for (const auto& id : ids) text += id.text();
    return text;
}

Result<std::vector<DatabaseId>> Column<std::vector<DatabaseId>>::read(const sqlite::Statement& row,
                                                                      int column) {
    std::vector<DatabaseId> ids;
    auto text = row.text(column);
    for (; !text.empty(); text.remove_prefix(std::min(id_length, text.size()))) {
        auto id = DatabaseId::parse(text.substr(0, id_length));
        if (!id) return damaged_row("an API key");
        ids.push_back(std::move(*id));
    }
    return ids;
}

}  // namespace mim::store
