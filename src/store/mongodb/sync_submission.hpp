// The submission of a sync: at most one pending or running sync of a database, and of a place.
#pragma once

#include <set>

#include "app/model/database.hpp"
#include "app/model/sync.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// See app::SyncStore::submit.
Done submit_sync(Link& link, const app::Sync& sync, const std::optional<app::Place>& seen);

// sync_active while one is pending or running. In a transaction that has the turns of all of them it stays
// so.
Done check_idle(Commands& commands, const std::set<DatabaseId>& databases);

}  // namespace mim::store::mongodb
