// The registry of desired indexes. What MongoDB would refuse is refused here, before it is stored.
// Thread-safe; blocking.
#pragma once

#include "app/model/change.hpp"
#include "app/model/user.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "base/clock.hpp"

namespace mim::app {

struct DefinitionPorts {
    DatabaseStore& databases;
    DefinitionStore& definitions;
    const Clock& clock;
};

class Definitions {
  public:
    explicit Definitions(DefinitionPorts ports) : ports_(ports) {}

    // An empty name becomes MongoDB's default. invalid_input (the rule as the reason), not_found (database),
    // already_exists.
    Result<DefinitionId> create(const DatabaseId& database, const std::string& collection, index::Spec spec);
    Result<Definition> get(const DefinitionId& id);
    // protected_database: on such a one changing and removing is an administrator's.
    Result<Change<Definition>> update(const DefinitionId& id, index::Spec spec, Role as);
    // As it was; none when there was none.
    Result<std::optional<Definition>> remove(const DefinitionId& id, Role as);
    Result<Page<Definition>> list(const DatabaseId& database, const std::string& collection,
                                  const PageRequest& page);

  private:
    Done check_change(const Definition& definition, Role as, std::string_view what);

    DefinitionPorts ports_;
};

}  // namespace mim::app
