// Databases as versions wrote them that made their own transactions: with a lock in the database's document,
// notes of how to undo a change, and no counts. A database is carried over once, whole, in one transaction:
// what was left half-done is undone or gone on with, and its definitions are counted. From then on the lock
// has an end that is no time, so that no process of such a version ever gets it: it answers changes by 503.
#pragma once

#include <chrono>

#include "base/id.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

[[nodiscard]] bool is_carried_over(bson::DocumentView database);
// `database` as it is written when it is new, and needs no carrying over.
[[nodiscard]] bson::Document as_carried_over(bson::DocumentView database);

// In a transaction that writes the database's document; `document` is the stored one. not_ready: such a
// process holds the lock; not_found: it was removing the database, which is gone on with at the next start.
Done carry_over(Commands& commands, const DatabaseId& database, bson::DocumentView document);

// At every start: databases that are not carried over, as those that were copied here, and purges that were
// begun. Harmless when several do it at once. not_ready: others held a lock for longer than `patience`.
Done carry_over_all(Link& link, std::chrono::milliseconds patience = std::chrono::minutes{2});

}  // namespace mim::store::mongodb
