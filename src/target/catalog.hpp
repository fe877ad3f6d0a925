// Every collection of a database with its indexes, from one $listCatalog.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "index/definition/live_index.hpp"
#include "target/connection.hpp"

namespace mim::target {

// The raw entry of a collection or a view, in the form that listCollections and listIndexes have for it; none
// when they may say something else (time series, clustered collections, what this program does not know).
// An index that is not ready is a building one, also where listIndexes cannot tell. Source: mongo src/mongo/
// db/pipeline/document_source_list_catalog.cpp; semantics section 10. Pure.
[[nodiscard]] std::optional<index::LiveCollection> from_catalog(bson::DocumentView entry);

struct CatalogAnswer {
    std::vector<index::LiveCollection> read;  // with their indexes
    std::vector<std::string> to_list;         // those that $listCatalog does not tell exactly
};

// None when the server does not know the stage, does not allow it to this user, or is a router (whose shards
// answer one by one, stale entries included): list everything then. Blocking; an error when the target is
// lost.
[[nodiscard]] Result<std::optional<CatalogAnswer>> read_catalog(mongoc::Client& client, const Place& place,
                                                                const ServerFacts& facts,
                                                                std::chrono::milliseconds pause_when_refused,
                                                                Deadline deadline);

}  // namespace mim::target
