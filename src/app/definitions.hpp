// The registry of desired indexes. What the database's server would refuse is refused here, before it is
// stored, by what was seen of that server last.
// Thread-safe; blocking.
#pragma once

#include <optional>

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

// What a change gives replaces that part whole; what it leaves out stays. So does a name, unless it is
// MongoDB's default of keys that are changed: then it follows them.
struct SpecChange {
    std::optional<std::string> name;  // empty: MongoDB's default
    std::optional<bson::Document> key;
    std::optional<bson::Document> options;

    SpecChange() = default;
    // A specification is a change of everything. NOLINTNEXTLINE(google-explicit-constructor)
    SpecChange(index::Spec spec)
        : name(std::move(spec.name)), key(std::move(spec.key)), options(std::move(spec.options)) {}
};

class Definitions {
  public:
    explicit Definitions(DefinitionPorts ports) : ports_(ports) {}

    // An empty name becomes MongoDB's default. invalid_input (the rule as the reason), not_found (database),
    // already_exists.
    Result<DefinitionId> create(const DatabaseId& database, const std::string& collection, index::Spec spec);
    Result<Definition> get(const DefinitionId& id);
    // protected_database: on such a one changing and removing is an administrator's. Two changes at once
    // both take effect.
    Result<Change<Definition>> update(const DefinitionId& id, const SpecChange& wanted, Role as);
    // As it was; none when there was none.
    Result<std::optional<Definition>> remove(const DefinitionId& id, Role as);
    Result<Page<Definition>> list(const DatabaseId& database, const std::string& collection,
                                  const PageRequest& page);

  private:
    Result<Change<Definition>> try_update(const DefinitionId& id, const SpecChange& wanted, Role as);
    Result<std::optional<Definition>> try_remove(const DefinitionId& id, Role as);
    Error told_which(const Error& refused, const Definition& wanted);
    Done check_change(const Definition& definition, Role as, std::string_view what);

    DefinitionPorts ports_;
};

}  // namespace mim::app
