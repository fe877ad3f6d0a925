// Which indexes are still being built, as three questions tell it where listIndexes does not. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "index/definition/live_index.hpp"

namespace mim::target {

// Names; none when the answer does not tell.
using Unfinished = std::optional<std::vector<std::string>>;

// Of one collection, from $collStats: documents with the field `building`, which is its `indexBuilds`.
[[nodiscard]] Unfinished unfinished_in_storage(const std::vector<bson::Document>& statistics);
// Of one collection, from $indexStats. All that is listed must be told of: servers that know `building` also
// repeat the specification, and they say nothing of some kinds of collections.
[[nodiscard]] Unfinished unfinished_in_usage(const std::vector<bson::Document>& statistics,
                                             const std::vector<index::LiveIndex>& listed);

// One operation of a build, from $currentOp.
struct BuildOperation {
    // A builder names exactly what it builds. Whoever asked for it also names what was there before.
    enum class Of { builder, client } of = Of::client;
    std::string collection;
    std::vector<std::string> indexes;
};
// Those in one database.
[[nodiscard]] std::vector<BuildOperation> build_operations(const std::vector<bson::Document>& operations,
                                                           const std::string& database);
// Of one collection. None also when somebody waits for a build that no builder shows: it is about to begin,
// or has just ended.
[[nodiscard]] Unfinished unfinished_in_operations(const std::vector<BuildOperation>& operations,
                                                  const std::string& collection);

}  // namespace mim::target
