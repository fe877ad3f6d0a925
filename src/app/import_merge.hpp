// Which live indexes of one collection become definitions, given those that are there. Pure but for fresh
// ids.
#pragma once

#include "app/imports.hpp"
#include "index/definition/live_index.hpp"
#include "index/rules/rules.hpp"

namespace mim::app {

struct MergeInput {
    const DatabaseId& database;
    const index::LiveCollection& live;  // readable
    std::vector<Definition> existing;   // of that collection
    index::ServerVersion version;
    OnConflict on_conflict = OnConflict::skip;
    Timestamp now{};
};

// Adds to `prepared` what changes, and a row for each index that is left out. `_id_` is not worth a word.
void merge_collection(const MergeInput& input, Imports::Prepared& prepared);

}  // namespace mim::app
