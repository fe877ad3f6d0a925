// A database that comes back from the trash, of which much may belong: copied in parts beside its entry,
// found by nobody; then one transaction makes the database and takes out the entry. Meanwhile it counts for
// leaving (leaving.hpp): when whoever restores it is stopped, all that was copied goes again.
#pragma once

#include "app/model/trash.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Error not_in_trash();

// In a transaction. Takes the entry out, as it stands: of several who restore or purge it, one does.
// not_found.
[[nodiscard]] Result<bson::Document> take_out(Commands& commands, const app::TrashId& entry);

// See app::TrashStore::restore; `entry` is one of a database. not_ready: it is still on its way into the
// trash.
Done restore_database(Link& link, const app::TrashEntry& entry);

}  // namespace mim::store::mongodb
