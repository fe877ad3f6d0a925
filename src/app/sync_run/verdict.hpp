// How a sync ended, in one text for people.
#pragma once

#include "app/model/sync.hpp"
#include "index/comparison/comparison.hpp"

namespace mim::app {

// The differences that the options of the sync were meant to remove, one text each: "orders.a_1 is missing".
[[nodiscard]] std::vector<std::string> differences_left(
    const std::vector<index::CollectionComparison>& comparisons, const SyncOptions& options);

// Empty when all of `records` (of this run) went well and nothing is left.
[[nodiscard]] std::string summary_of_failure(const std::vector<SyncRecord>& records,
                                             const std::vector<std::string>& left);
// Behind a failure: what failed has come to be all the same.
[[nodiscard]] std::string text_of_nothing_left();
[[nodiscard]] std::string summary_of_cancel(const std::vector<SyncRecord>& records,
                                            const std::vector<std::string>& lost_indexes);
// ". Dropped and not built again: orders.a_1", or nothing.
[[nodiscard]] std::string text_of_lost(const std::vector<std::string>& lost_indexes);

}  // namespace mim::app
