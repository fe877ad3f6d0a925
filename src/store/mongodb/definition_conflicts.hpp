// Which rule of the unique indexes a change of definitions breaks: servers say it each in their own words.
#pragma once

#include "app/ports/definition_store.hpp"
#include "store/mongodb/commands.hpp"

namespace mim::store::mongodb {

// Of a change that was refused. already_exists (fields: "name" or "keys"; none when it is the id, or somebody
// has changed what was in the way since).
[[nodiscard]] Done refusal_of(Commands& commands, const app::DefinitionChanges& changes);

}  // namespace mim::store::mongodb
