// A set of changes to the registry that happens whole or not at all, without a transaction: judged beforehand
// under the lock of its database, noted for undoing, then written.
#pragma once

#include "app/ports/definition_store.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// already_exists (fields: "name" or "keys"), not_found (the database, or an update's definition). internal:
// it concerns more than one database, which nothing asks for.
Done change_definitions(const std::shared_ptr<Link>& link, const app::DefinitionChanges& changes);

}  // namespace mim::store::mongodb
