// Live indexes into the registry, all or nothing per call. Thread-safe; blocking.
#pragma once

#include "app/model/user.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/target.hpp"
#include "base/clock.hpp"

namespace mim::app {

enum class OnConflict { skip, replace };

struct SkippedIndex {
    std::string collection;
    std::string name;
    std::string reason;
};

struct ImportReport {
    int imported_count = 0;
    int skipped_count = 0;
    std::vector<SkippedIndex> skipped;
    std::vector<Definition> replaced;  // as they were
};

struct ImportPorts {
    DatabaseStore& databases;
    DefinitionStore& definitions;
    Targets& targets;
    const Clock& clock;
    std::chrono::milliseconds target_deadline;
};

class Imports {
  public:
    explicit Imports(ImportPorts ports) : ports_(ports) {}

    // protected_database: it would replace definitions.
    Result<ImportReport> from_database(const DatabaseId& database, OnConflict on_conflict, Role as);
    // What an import of this (not yet stored) database would define; nothing is written.
    struct Prepared {
        DefinitionChanges changes;
        ImportReport report;
        index::ServerRelease release{};  // of the server that was asked
    };
    Result<Prepared> prepare(const Database& database, OnConflict on_conflict);
    Done apply(
        const Prepared& prepared);  // already_exists: the registry was changed since; not_found (database)

  private:
    ImportPorts ports_;
};

}  // namespace mim::app
