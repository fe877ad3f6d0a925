// How often indexes were used, from $indexStats.
#pragma once

#include <vector>

#include "base/deadline.hpp"
#include "index/definition/live_index.hpp"
#include "target/connection.hpp"

namespace mim::target {

// Sums the answers of $indexStats, of one collection, into `indexes` by name; also marks the ones it calls
// building. Pure. Counters are per server and restart with it, hence `since` is the youngest start.
void add_usage(const std::vector<bson::Document>& statistics, std::vector<index::LiveIndex>& indexes);

// Asks every member; one that does not answer is left out. Blocking. target_not_authorised when none may be
// asked.
[[nodiscard]] Done read_usage(mongoc::Client& client, const std::vector<mongoc::Member>& members,
                              const Place& place, index::LiveCollection& collection, Deadline deadline);

}  // namespace mim::target
