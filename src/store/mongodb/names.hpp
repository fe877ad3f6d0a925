// The names of our collections. They belong to the format: never change one.
#pragma once

namespace mim::store::mongodb::names {

inline constexpr const char* migrations = "migrations";
inline constexpr const char* users = "users";
inline constexpr const char* had_accounts = "had_accounts";
inline constexpr const char* token_families = "token_families";
inline constexpr const char* databases = "databases";
inline constexpr const char* definitions = "definitions";
inline constexpr const char* definitions_undo = "definitions_undo";  // of older versions
inline constexpr const char* definition_counts = "definition_counts";
inline constexpr const char* leaving = "leaving";
inline constexpr const char* made_collections = "made_collections";
inline constexpr const char* trash = "trash";
inline constexpr const char* trash_definitions = "trash_definitions";
inline constexpr const char* trash_collections = "trash_collections";
inline constexpr const char* invites = "invites";
inline constexpr const char* syncs = "syncs";
inline constexpr const char* sync_records = "sync_records";
inline constexpr const char* api_keys = "api_keys";
inline constexpr const char* audit_log = "audit_log";
inline constexpr const char* audit_intents = "audit_intents";

}  // namespace mim::store::mongodb::names
