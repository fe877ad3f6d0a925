#include "index/definition/key_type.hpp"

#include <array>
#include <utility>

#include "index/definition/key_pattern.hpp"

namespace mim::index {
namespace {

constexpr std::array<std::pair<std::string_view, KeyType>, 4> plugins{{
    {"text", KeyType::text},
    {"2d", KeyType::planar_2d},
    {"2dsphere", KeyType::sphere_2d},
    {"hashed", KeyType::hashed},
}};

}  // namespace

KeyType key_type(bson::DocumentView key) {
    bool wildcard = false;
    for (const auto field : key) {
        if (const auto plugin = field.string()) {
            for (const auto& [name, type] : plugins) {
                if (name == *plugin) return type;
            }
            return KeyType::btree;
        }
        wildcard = wildcard || is_wildcard_field(field.key());
    }
    return wildcard ? KeyType::wildcard : KeyType::btree;
}

std::string_view to_string(KeyType type) {
    for (const auto& [name, known] : plugins) {
        if (known == type) return name;
    }
    return type == KeyType::wildcard ? "wildcard" : "btree";
}

bool is_wildcard_field(std::string_view field) {
    return field == "$**" || field.ends_with(".$**");
}

bool is_or_lies_under(std::string_view path, std::string_view parent) {
    return path.starts_with(parent) && (path.size() == parent.size() || path[parent.size()] == '.');
}

std::vector<std::string_view> path_parts(std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0;;) {
        const auto dot = path.find('.', from);
        parts.push_back(path.substr(from, dot - from));
        if (dot == std::string_view::npos) return parts;
        from = dot + 1;
    }
}

}  // namespace mim::index
