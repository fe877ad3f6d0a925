// Whether a listed index is ready. A replica set marks in the listing what is still being built; a standalone
// lists it like a ready index, on every version, and so do servers that refuse to mark. They are asked
// afterwards: what was finished meanwhile is ready, and what was begun meanwhile is not in the listing.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "index/definition/live_index.hpp"
#include "target/connection.hpp"

namespace mim::target {

// Whether nothing is left to be asked after a listing.
[[nodiscard]] bool listing_tells_readiness(const Connection& connection, const ServerFacts& facts);

// Marks those of the `listed` indexes that are being built. Answers why nobody can tell, as a text for
// people; none when their states are certain. Three questions, each when the one before was refused or did
// not tell: $collStats (action collStats), $indexStats (indexStats), $currentOp (inprog). Blocking; an error
// when the target is lost.
[[nodiscard]] Result<std::optional<std::string>> mark_unfinished(mongoc::Client& client, const Place& place,
                                                                 const std::string& collection,
                                                                 std::vector<index::LiveIndex>& listed,
                                                                 Deadline deadline);

// The collections of the database on which somebody builds, by one $currentOp; none when the server refuses
// to say. Blocking; an error when the target is lost.
[[nodiscard]] Result<std::optional<std::set<std::string>>> collections_with_builds(mongoc::Client& client,
                                                                                   const Place& place,
                                                                                   Deadline deadline);

}  // namespace mim::target
