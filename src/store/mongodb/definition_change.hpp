// A set of changes to the registry that happens whole or not at all, in a transaction.
#pragma once

#include "app/ports/definition_store.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// already_exists (fields: "name" or "keys"), not_found (the database, or an update's definition),
// not_allowed_in_state: one is not as expected; not_ready: it is too much for the time of one change.
// internal: it concerns more than one database, which nothing asks for.
Done change_definitions(Link& link, const app::DefinitionChanges& changes);

// The same as a part of a transaction; already_exists without the field, which `refusal_of` finds afterwards.
Done make_change(Commands& commands, const app::DefinitionChanges& changes);

}  // namespace mim::store::mongodb
