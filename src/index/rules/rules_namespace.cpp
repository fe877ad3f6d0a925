#include <algorithm>
#include <array>

#include "index/rules/rejection.hpp"

namespace mim::index {
namespace {

constexpr std::size_t max_database_bytes = 63;
constexpr std::size_t max_collection_bytes =
    253;  // a namespace is 255 bytes: a database name and a dot come before

Rejection invalid_namespace(std::string_view field, std::string message) {
    return refuse(server_code::invalid_namespace, std::string(field), std::move(message));
}

}  // namespace

std::optional<Rejection> check_collection_name(std::string_view name) {
    constexpr std::string_view field = "collection";
    if (name.empty()) return invalid_namespace(field, "A collection name cannot be empty.");
    if (name.find('$') != std::string_view::npos)
        return invalid_namespace(field, "A collection name cannot hold '$'.");
    if (name.find('\0') != std::string_view::npos)
        return invalid_namespace(field, "A collection name cannot hold NUL.");
    if (name.front() == '.') return invalid_namespace(field, "A collection name cannot start with a dot.");
    if (name.starts_with("system.")) {
        return invalid_namespace(field, "Names that start with 'system.' belong to MongoDB: choose another.");
    }
    if (name.size() > max_collection_bytes) {
        return invalid_namespace(
            field, "Database and collection name together have at most 255 bytes: shorten the name.");
    }
    return std::nullopt;
}

std::optional<Rejection> check_database_name(std::string_view name) {
    constexpr std::string_view field = "database";
    if (name.empty()) return invalid_namespace(field, "A database name cannot be empty.");
    if (name.size() > max_database_bytes)
        return invalid_namespace(field, "A database name has at most 63 bytes: shorten it.");
    constexpr std::string_view forbidden("/\\. \"$\0", 7);
    if (name.find_first_of(forbidden) != std::string_view::npos) {
        return invalid_namespace(field,
                                 "A database name cannot hold / \\ . \" $, a space or NUL: remove it.");
    }
    return std::nullopt;
}

std::optional<Rejection> check_managed_database_name(std::string_view name) {
    if (auto rejection = check_database_name(name)) return rejection;
    constexpr std::array<std::string_view, 3> own{"admin", "config", "local"};
    if (std::find(own.begin(), own.end(), name) == own.end()) return std::nullopt;
    return invalid_namespace("database",
                             "MongoDB keeps the databases admin, config and local for itself: "
                             "their indexes are not managed here.");
}

}  // namespace mim::index
