// What listCollections and listIndexes say, in our types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/deadline.hpp"
#include "base/server_code.hpp"
#include "index/definition/live_index.hpp"
#include "target/connection.hpp"

namespace mim::target {

// One entry of listCollections. One whose name nobody can show or store has no indexes but an unreadable one
// without a name, which tells of it. Pure.
[[nodiscard]] index::LiveCollection to_collection(bson::DocumentView listed);
[[nodiscard]] index::LiveCollection unreadable_collection(std::string_view name, const std::string& reason);

struct ListedIndexes {
    std::vector<index::LiveIndex> readable;
    std::vector<index::UnreadableIndex> unreadable;
    std::optional<Error> refused;  // set when there are too many to look at; then the lists are empty
};
// One entry of listIndexes: the plain form, or `{spec, buildUUID}` / `{spec, indexBuildInfo}` of unfinished
// ones. Pure.
void add_index(bson::DocumentView listed, ListedIndexes& indexes);

// Blocking; errors as of mongoc::Client.
// Collections that MongoDB keeps by itself: `system.*`, and those beside an encrypted collection. Nothing is
// read of them. Pure.
[[nodiscard]] bool is_kept_by_server(std::string_view name);
// Without those. `names` none = all; else at least those of them that exist.
[[nodiscard]] Result<std::vector<index::LiveCollection>> list_collections(
    mongoc::Client& client, const std::string& database, const std::optional<std::vector<std::string>>& names,
    Deadline deadline);
// None when a collection may have so many indexes.
[[nodiscard]] std::optional<Error> why_too_many(const std::string& collection, std::size_t indexes);
// Also unfinished indexes, marked where the server can (where it cannot: readiness.hpp). A missing collection
// is target_refused with server code 26.
[[nodiscard]] Result<ListedIndexes> list_indexes(mongoc::Client& client, const Place& place,
                                                 const std::string& collection, Deadline deadline);

[[nodiscard]] int refusal_code(const Error& error);  // one of server_code; 0 when no server refused

}  // namespace mim::target
