// What a script from the registry alone does, without a look at the target.
#pragma once

#include "app/model/database.hpp"
#include "app/model/definition.hpp"
#include "index/script/script.hpp"

namespace mim::app {

// create and both: builds every definition (against an empty database nothing is to be dropped, and a script
// that drops indexes only to build them again would harm), and says what the server that was seen there last
// will refuse. drop: drops every definition by name.
[[nodiscard]] index::Plan registry_plan(const std::vector<Definition>& definitions, index::ScriptMode mode,
                                        const Database& database);

}  // namespace mim::app
