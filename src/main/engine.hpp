// What runs syncs: stores, queue, targets, workers and what they count. With HTTP in front of it
// (service.hpp) or without.
#pragma once

#include <memory>
#include <optional>

#include "app/audit_log.hpp"
#include "app/ports/dead_letters.hpp"
#include "app/run_sync.hpp"
#include "base/log.hpp"
#include "drivers/redis/address.hpp"
#include "main/counting_progress_store.hpp"
#include "main/house_keeping.hpp"
#include "main/metrics/call_metrics.hpp"
#include "main/metrics/engine_metrics.hpp"
#include "main/metrics/metrics_page.hpp"
#include "main/metrics/process_metrics.hpp"
#include "main/metrics/service_metrics.hpp"
#include "main/settings.hpp"
#include "main/store_opening.hpp"
#include "main/tracing.hpp"
#include "queue/feeder.hpp"
#include "queue/target_slots.hpp"
#include "queue/worker_pool.hpp"

namespace mim::main {

enum class WorkersLeft { none, some };
enum class ConnectionsLeft { none, some };

class Engine {
  public:
    // Opens the store (and makes it at first start). `log` and `tracing` must outlive the engine.
    // invalid_input, store_failed with one line. A queue that cannot be reached is no error: it may come
    // later.
    [[nodiscard]] static Result<std::unique_ptr<Engine>> create(const ServeSettings& settings, Logger& log,
                                                                Tracing& tracing);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    void start_workers();
    // Takes no more jobs, hands back what runs and waits for it up to `grace`. With `some` left the process
    // must end without destroying the engine: their jobs are taken over when the leases end.
    [[nodiscard]] WorkersLeft stop_workers(std::chrono::milliseconds grace);
    [[nodiscard]] bool workers_run() const { return settings.work.workers == 0 || workers_ != nullptr; }

    // Closes the stores, then the connections to targets; these may take a while when a target hangs, and
    // `some` tells that they were left behind after `grace`: the process must then end without more ado.
    [[nodiscard]] static ConnectionsLeft close(std::unique_ptr<Engine> engine,
                                               std::chrono::milliseconds grace);

    const ServeSettings settings;
    Logger& log;
    const Tracing& tracing;
    MetricsPage counted;
    CallMetrics calls{counted.registry()};  // before what it measures
    ProcessMetrics process{counted.registry()};
    const std::optional<drivers::files::FileLock> in_use;  // of the embedded store; else none
    const std::shared_ptr<sqlite::Connections> file;       // of the embedded store; else none
    const store::Stores stores;
    const std::function<Done()> store_answers;
    app::AuditLog audit;
    HouseKeeping house_keeping;
    std::unique_ptr<app::JobQueue> queue;
    std::unique_ptr<app::DeadLetters> dead_letters;
    std::unique_ptr<app::SyncStore> offering;  // for a queue outside of the store; else none
    std::unique_ptr<app::Targets> targets;
    ServiceMetrics metrics{counted.registry()};
    EngineMetrics engine_metrics{counted.registry()};

    // The whole metrics page. Blocking.
    [[nodiscard]] std::string metrics_page();

    // Where syncs are submitted.
    [[nodiscard]] app::SyncStore& syncs() const { return offering ? *offering : *stores.syncs; }

  private:
    Engine(const ServeSettings& wanted, OpenStore store, const std::optional<redis::Address>& redis,
           Logger& logger, const Tracing& traces);
    void use_embedded_queue();
    void use_redis(const redis::Address& address);
    app::RunOutcome run(const app::Lease& lease, const app::StopSignal& stop);
    app::RunOutcome run_traced(const app::Lease& lease, const app::StopSignal& stop);
    [[nodiscard]] std::optional<app::Database> database_of(const SyncId& sync) const;

    CountingProgressStore progress_;
    queue::TargetSlots slots_;
    std::unique_ptr<queue::Feeder> feeder_;
    std::unique_ptr<queue::WorkerPool> workers_;
};

}  // namespace mim::main
