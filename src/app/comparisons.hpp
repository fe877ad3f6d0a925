// Registry against live, and the plan that follows from it. Changes nothing. Thread-safe; blocking.
#pragma once

#include <optional>

#include "app/duplicate_checks.hpp"
#include "app/model/sync.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/target.hpp"
#include "base/clock.hpp"
#include "index/comparison/comparison.hpp"
#include "index/plan/plan.hpp"
#include "index/script/script.hpp"

namespace mim::app {

enum class Unmanaged { leave_out, include };  // live collections without definitions

struct CompareRequest {
    DatabaseId database;
    std::optional<std::vector<std::string>>
        collections;  // in the order asked; none = every collection with definitions
    Unmanaged unmanaged = Unmanaged::leave_out;  // only without `collections`
    index::NamePolicy names = index::NamePolicy::identity;
    UsageWanted usage = UsageWanted::no;
};

struct ComparisonPorts {
    DatabaseStore& databases;
    DefinitionStore& definitions;
    Targets& targets;
    const Clock& clock;
    std::chrono::milliseconds target_deadline;
};

struct DatabaseComparison {
    Database database;
    index::ServerVersion version;  // whose rules it was compared by
    std::vector<index::CollectionComparison> collections;
};

enum class ScriptSource { comparison, registry };
struct ScriptRequest {
    DatabaseId database;
    std::optional<std::vector<std::string>> collections;
    index::ScriptMode mode = index::ScriptMode::both;
    ScriptSource source = ScriptSource::comparison;
};
struct ScriptAnswer {
    index::Script script;
    std::string filename;
};
// All from one look at the target: only together do they fit.
struct ScriptPack {
    ScriptAnswer forward;
    ScriptAnswer reverse;  // back to the state that was seen
    ScriptAnswer verify;   // whether the forward script has been run
};

struct CheckedPlan {
    index::Plan plan;
    std::vector<std::optional<index::DuplicateReport>> duplicates;  // one for each operation
};

class Comparisons {
  public:
    explicit Comparisons(ComparisonPorts ports) : ports_(ports) {}

    // not_found, also of a collection that neither the registry nor the target knows; target_…; a collection
    // that cannot be read is an error that names it.
    Result<DatabaseComparison> compare(const CompareRequest& request);
    Result<index::Plan> plan(const CompareRequest& request, const SyncOptions& options);
    // The same, with a look for duplicates before each unique build. Takes up to the target's deadline
    // longer. plan_changed when the options' fingerprint is that of another plan.
    Result<CheckedPlan> checked_plan(const CompareRequest& request, const SyncOptions& options);
    Result<ScriptAnswer> script(const ScriptRequest& request);
    // invalid_input (source) from the registry alone: there is no way back without the live state.
    Result<ScriptPack> script_pack(const ScriptRequest& request);

  private:
    ComparisonPorts ports_;
};

}  // namespace mim::app
