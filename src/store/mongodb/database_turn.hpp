// Changes of what belongs to one database one after the other: its definitions and their counts, what is
// noted of its collections, its removal, the submission of its syncs. Each is a transaction that takes a turn
// of the database, a write of its document: of two that take one at once the server lets one come through,
// and the other begins anew and sees what the first has done.
#pragma once

#include "base/id.hpp"
#include "store/mongodb/commands.hpp"

namespace mim::store::mongodb {

// In a transaction, before anything of the database is written. What was read before it in the same
// transaction holds as well. Returns the database's document. not_found: no such database; not_ready: a
// process of an older version is at work on it.
[[nodiscard]] Result<bson::Document> take_turn(Commands& commands, const DatabaseId& database);

}  // namespace mim::store::mongodb
