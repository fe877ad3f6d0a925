// The one list of fields that are taken and change nothing: what published clients are known to send without
// need, and what whoever sends back an answer that he has read and edited sends with it. Every other field
// that a route does not know is refused.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "http/json_reader.hpp"

namespace mim::http {

// An early name of `is_sync_index`, which the same clients send as well.
inline constexpr std::array<std::string_view, 1> ignored_of_new_database{"is_sync"};
// A form that creates and changes sends its switches each time.
inline constexpr std::array<std::string_view, 9> ignored_of_changed_database{
    "id",        "created_at",   "updated_at",    "is_sync_index", "is_sync",
    "uri_error", "protected_by", "same_place_as", "server"};
inline constexpr std::array<std::string_view, 7> ignored_of_changed_index{
    "id", "created_at", "updated_at", "key_signature", "is_text", "is_default", "has_default_name"};

inline void ignore(ObjectReader& fields, std::span<const std::string_view> names) {
    for (const std::string_view name : names) fields.accept(name);
}

}  // namespace mim::http
