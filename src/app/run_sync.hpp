// Runs one sync under a lease: load, list, compare, plan, apply step by step, re-read, finish. Each run
// compares afresh, so a takeover repeats nothing harmful. Blocking for as long as the steps take.
#pragma once

#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/job_queue.hpp"
#include "app/ports/pause.hpp"
#include "app/ports/stop_signal.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/target.hpp"
#include "app/ports/user_store.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"

namespace mim::app {

struct RunLimits {
    std::chrono::milliseconds read_deadline{30'000};
    std::chrono::milliseconds change_deadline{60'000};                 // drop, collMod
    std::chrono::milliseconds build_deadline{std::chrono::hours{24}};  // createIndexes
    // For looking for duplicates before a unique build. Not decisive: MongoDB looks again while it builds.
    std::chrono::milliseconds duplicates_deadline{10'000};
    std::chrono::milliseconds progress_interval{1'000};
    // What takeovers cost that follow each other and get it no further, before it is given up: one for each
    // whose store or queue was away, and more for each that vanished, since what ends a process would end
    // every one that takes it over.
    int most_cost = 12;
    int cost_of_a_death = 6;
    // Of one call to the target that may be repeated without harm, when it fails in passing.
    int max_tries = 4;
    std::chrono::milliseconds first_backoff{500};  // doubles with every try, less up to half of it by chance
    std::chrono::milliseconds longest_backoff{10'000};
    // Of one call, in all, while the target is left alone because it failed: that counts as no try.
    std::chrono::milliseconds most_paused{120'000};
};

struct RunPorts {
    UserStore& users;
    DatabaseStore& databases;
    DefinitionStore& definitions;
    SyncProgressStore& progress;
    Targets& targets;
    const Clock& clock;
    Logger& log;
    Pause& pause = system_pause();
};

// What the worker should do with the job afterwards.
enum class RunOutcome {
    finished,     // in a final state: complete the job
    hand_back,    // stopped on request before its end: lease it again later
    lost,         // the lease is another's: forget it
    retry_later,  // the store failed: hand it back with a delay
    postpone,     // not its turn, nothing was done: lease it again soon
    given_up      // ended as failed because its runs get no further: bury the job
};

[[nodiscard]] RunOutcome run_sync(const Lease& lease, const RunPorts& ports, const RunLimits& limits,
                                  const StopSignal& stop);

}  // namespace mim::app
