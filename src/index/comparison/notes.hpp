// What a DBA would want to hear about a collection and its live indexes, each with its reason.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "index/comparison/comparison.hpp"

namespace mim::index {

namespace note_code {
inline constexpr const char* building = "building";
inline constexpr const char* collection_missing = "collection_missing";
inline constexpr const char* covered = "covered";
inline constexpr const char* hidden = "hidden";
inline constexpr const char* impossible_here = "impossible_here";
inline constexpr const char* legacy_form = "legacy_form";
inline constexpr const char* near_limit = "near_limit";
inline constexpr const char* old_version = "old_version";
inline constexpr const char* readiness_unknown = "readiness_unknown";
inline constexpr const char* renamed = "renamed";
inline constexpr const char* rules_changed = "rules_changed";
inline constexpr const char* server_owned = "server_owned";
inline constexpr const char* shard_key = "shard_key";
inline constexpr const char* time_series = "time_series";
inline constexpr const char* ttl_deletes_at_once = "ttl_deletes_at_once";
inline constexpr const char* ttl_ignored = "ttl_ignored";
inline constexpr const char* ttl_never = "ttl_never";
inline constexpr const char* unmanageable = "unmanageable";
inline constexpr const char* unreadable = "unreadable";
inline constexpr const char* unused = "unused";
inline constexpr const char* view = "view";
}  // namespace note_code

inline constexpr std::size_t near_limit_from = 60;  // indexes of one collection, `_id_` counted

// About the collection itself: missing, view, time-series, near the limit of 64, nobody can tell what is
// being built there.
[[nodiscard]] std::vector<Note> collection_notes(const LiveCollection& live);
// One of each index that could not be read, so that nobody takes silence for agreement.
[[nodiscard]] std::vector<Note> unreadable_notes(const LiveCollection& live);
// About one live index by itself: building, hidden, old version, server-owned, unused.
[[nodiscard]] std::vector<Note> index_notes(const LiveIndex& index, const LiveCollection& live,
                                            const CompareOptions& options);
// One per live index that another one makes unnecessary, with the proof. `redundant` names those that no
// definition wants: an index that stays is never called covered by one of these, which may soon be gone.
[[nodiscard]] std::vector<Note> covered_notes(const LiveCollection& live,
                                              const std::set<std::string>& redundant,
                                              const CompareOptions& options);

}  // namespace mim::index
