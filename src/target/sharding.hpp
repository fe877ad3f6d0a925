// The shard keys of a database's collections, from config.collections of a cluster.
#pragma once

#include <vector>

#include "base/deadline.hpp"
#include "index/definition/live_index.hpp"
#include "target/connection.hpp"

namespace mim::target {

// Writes what the entries of config.collections say into `collections`, by name. Dropped and unsplittable
// ones have no shard key; that of a time series is turned from its buckets' form into the user's. Pure.
void add_shard_keys(const std::vector<bson::Document>& entries, const std::string& database,
                    std::vector<index::LiveCollection>& collections);

// Blocking. Nothing is added when the server refuses (it takes the right to read the config database): then
// nobody can tell. An error when the target is lost.
[[nodiscard]] Done read_shard_keys(mongoc::Client& client, const std::string& database,
                                   std::vector<index::LiveCollection>& collections, Deadline deadline);

}  // namespace mim::target
