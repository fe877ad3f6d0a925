// Keeps with each database which server was seen there, so that what is saved for it meets that server's
// rules though nobody asks it then.
#pragma once

#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"

namespace mim::app {

// After a look that found `release`: notes it where it is news, with `database`, too. Should the store not
// take it, the next look tells it again.
void note_server(DatabaseStore& databases, Database& database, const index::ServerRelease& release,
                 Timestamp now);

// Once a sync of `collections` has run by the rules of now: nobody is told any more what those before
// allowed, unless a definition of another collection has not met them yet. Should a store fail, it is told
// once more.
void forget_earlier_rules(DatabaseStore& databases, DefinitionStore& definitions, const Database& database,
                          const std::vector<std::string>& collections);

}  // namespace mim::app
