// Runs one sync under a lease: load, list, compare, plan, apply step by step, re-read, finish. Each run
// compares afresh, so a takeover repeats nothing harmful. Blocking for as long as the steps take.
#pragma once

#include <functional>

#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/job_queue.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/target.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"

namespace mim::app {

struct RunLimits {
    std::chrono::milliseconds read_deadline{30'000};
    std::chrono::milliseconds change_deadline{60'000};                 // drop, collMod
    std::chrono::milliseconds build_deadline{std::chrono::hours{24}};  // createIndexes
    std::chrono::milliseconds progress_interval{1'000};
    int max_attempts = 5;  // leases of one job before it is given up as failed
};

struct RunPorts {
    DatabaseStore& databases;
    DefinitionStore& definitions;
    SyncProgressStore& progress;
    Targets& targets;
    const Clock& clock;
    Logger& log;
};

// What the worker should do with the job afterwards.
enum class RunOutcome {
    finished,    // in a final state: complete the job
    hand_back,   // stopped on request before its end: lease it again later
    lost,        // the lease is another's: forget it
    retry_later  // the store failed: hand it back with a delay
};

// Asked between steps and while a long build runs.
class StopSignal {
  public:
    virtual ~StopSignal() = default;
    [[nodiscard]] virtual bool stop_requested() const = 0;  // the process is shutting down
    [[nodiscard]] virtual bool lease_lost() const = 0;      // the lease could not be kept
};

[[nodiscard]] RunOutcome run_sync(const Lease& lease, const RunPorts& ports, const RunLimits& limits,
                                  const StopSignal& stop);

}  // namespace mim::app
