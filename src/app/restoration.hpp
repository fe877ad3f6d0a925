// What a finished sync took away and what brings it back. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/model/sync.hpp"
#include "base/result.hpp"
#include "index/definition/live_index.hpp"
#include "index/definition/rule_context.hpp"

namespace mim::app {

struct IndexPlace {
    std::string collection;
    std::string index;
};

// The completed create of `records` that took the place of the index which `records[dropped]` dropped: built
// for the same definition, or one beside which MongoDB would not hold the old index. None when the index is
// simply gone.
[[nodiscard]] const SyncRecord* successor_of(const std::vector<SyncRecord>& records, std::size_t dropped);

// `only`: that index; else everything that the sync dropped without replacement, or hid. invalid_input with
// the fields `collection` and `index` (or `sync_id`) when there is nothing to bring back.
[[nodiscard]] Result<Restoration> restoration_of(const Sync& sync, const std::optional<IndexPlace>& only);

// The operations that are still needed, given what is live.
[[nodiscard]] index::Plan restoration_plan(const Restoration& restoration,
                                           const std::vector<index::LiveCollection>& live,
                                           index::ServerVersion version, const std::string& db_name);

}  // namespace mim::app
