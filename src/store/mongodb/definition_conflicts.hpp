// Whether definitions may stand beside each other: the rules of the unique indexes, judged before anything is
// written.
#pragma once

#include <vector>

#include "app/model/definition.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// `leaving` make room first; then come `updates`, then `creations`. already_exists (fields: "name" or
// "keys"). Under the lock of the database, so that the answer stays true.
Done check_conflicts(Link& link, const DatabaseId& database, const std::vector<DefinitionId>& leaving,
                     const std::vector<app::Definition>& updates,
                     const std::vector<app::Definition>& creations);

}  // namespace mim::store::mongodb
