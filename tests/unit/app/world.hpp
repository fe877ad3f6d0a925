// A whole service in memory: the use-cases over the fakes, and short words for what tests do with them.
#pragma once

#include "app/collections.hpp"
#include "app/comparisons.hpp"
#include "app/databases.hpp"
#include "app/definitions.hpp"
#include "app/imports.hpp"
#include "app/run_sync.hpp"
#include "app/syncs.hpp"
#include "base/log.hpp"
#include "bson/json.hpp"
#include "contract/outcome.hpp"
#include "fakes/fake_target.hpp"
#include "fakes/fake_worker.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::app {

using contract::names_field;
using contract::ok;
using contract::outcome;

// {a: 1, b: -1} and options as Extended JSON. Without a name it gets the default.
[[nodiscard]] index::Spec spec_of(const std::string& key, const std::string& options = "{}",
                                  const std::string& name = "");

class World {
  public:
    static constexpr std::chrono::milliseconds deadline{5'000};

    fakes::ManualClock clock;
    fakes::MemoryStore store{clock};
    fakes::FakeServer server;
    fakes::FakeTargets targets{server};
    fakes::FakePause pause{clock};
    Logger* log = &silent_logger();  // of the syncs that are run

    Imports imports{{store.databases(), store.definitions(), targets, clock, deadline}};
    Databases databases{{store.databases(), store.collections(), targets, clock, deadline}, imports};
    Definitions definitions{{store.databases(), store.definitions(), clock}};
    Collections collections{
        {store.databases(), store.collections(), store.syncs(), targets, clock, deadline}};
    Comparisons comparisons{{store.databases(), store.definitions(), targets, clock, deadline}};
    Syncs syncs{
        {store.databases(), store.definitions(), store.syncs(), targets, comparisons, clock, deadline}};

    // A registered database whose MongoDB name is "shop".
    DatabaseId add_database(const std::string& name = "shop");
    // Notes of both, as the keeper of places tells it, that they lead to one place.
    void share_place(const DatabaseId& one, const DatabaseId& other);
    DefinitionId define(const DatabaseId& database, const std::string& collection, const index::Spec& spec);
    void seed(const std::string& collection, const index::Spec& spec) {
        server.seed("shop", collection, spec);
    }

    // "a_1 b_1", without _id_, sorted.
    [[nodiscard]] std::string live(const std::string& collection);
    [[nodiscard]] std::string registry(const DatabaseId& database, const std::string& collection);

    // Submits, and fails the test when that is refused.
    SyncId submit(const DatabaseId& database, const SyncOptions& options = {},
                  const std::optional<std::vector<std::string>>& chosen = std::nullopt);
    // Leases the next job and runs it as a worker does, settling the lease afterwards.
    RunOutcome work(const StopSignal& stop);
    RunOutcome work() { return work(running_); }
    [[nodiscard]] Sync sync(const SyncId& id) { return store.syncs().get(id).value(); }
    // "create a_1 completed; drop b_1 failed"
    [[nodiscard]] std::string records(const SyncId& id);
    // Submits, works, and tells the end: "completed", or "failed: why".
    std::string run(const DatabaseId& database, const SyncOptions& options = {});

    RunLimits limits;

  private:
    void settle(const Lease& lease, RunOutcome result);
    fakes::FakeStopSignal running_;
};

}  // namespace mim::app
