// app::Target and app::TargetCollections for one database of a live deployment.
#pragma once

#include <memory>

#include "app/ports/target.hpp"
#include "base/log.hpp"
#include "target/connection.hpp"
#include "target/targets.hpp"
#include "target/workers.hpp"

namespace mim::target {

// What all targets of a process share; outlives each of them.
struct Shared {
    Shared(const TargetSettings& target_settings, Logger& event_logger)
        : settings(target_settings),
          logger(event_logger),
          readers(settings.reading_threads, settings.shutdown_grace),
          builders(Workers::as_many_as_needed, settings.shutdown_grace) {}
    TargetSettings settings;
    Logger& logger;
    Workers readers;
    // Whoever runs syncs bounds the builds that are watched. One that was left to the server holds its thread
    // until it ends, and must not keep others waiting.
    Workers builders;
};

// `signal` (must outlive the target) is asked before each write is sent: see Targets::open_for_run.
[[nodiscard]] std::shared_ptr<app::Target> create_live_target(std::shared_ptr<Shared> shared, Place place,
                                                              const app::StopSignal& signal);
[[nodiscard]] std::shared_ptr<app::TargetCollections> create_live_collections(Place place);

// As Target::probe.
[[nodiscard]] Result<app::ServerInfo> probe(const Place& place, Deadline deadline);

}  // namespace mim::target
