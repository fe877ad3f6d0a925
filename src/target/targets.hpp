// app::Targets: opens targets and keeps their pools.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "app/ports/target.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "drivers/mongoc/pool.hpp"
#include "target/breaker.hpp"
#include "target/call_shares.hpp"

namespace mim::target {

struct TargetSettings {
    // Targets whose pools are kept. Beyond it the least recently used is closed, idle ones first; one in use
    // closes when its last user is done.
    std::size_t most_targets = 64;
    std::chrono::milliseconds close_idle_after{300'000};
    std::chrono::milliseconds look_for_idle_every{1'000};

    BreakerSettings breaker;  // of each deployment
    CallLimits calls;         // of all but the runs of syncs

    std::size_t reading_threads = 64;      // of the process
    std::size_t readers_of_one_read = 32;  // of one `read`; each holds one connection
    // A server that refused $listCatalog is asked for it again after this.
    std::chrono::milliseconds ask_catalog_again_after{600'000};

    // Where targets may be; the pools' settings get it when they are opened.
    std::shared_ptr<const drivers::mongoc::TargetPolicy> policy =
        std::make_shared<const drivers::mongoc::TargetPolicy>();
    std::shared_ptr<const drivers::mongoc::OwnDatabase>
        own;                                      // of the service itself, never a target; or none
    std::shared_ptr<app::TargetWitness> witness;  // or none
    std::size_t most_bytes_of_a_call =
        std::size_t{64} * 1024 * 1024;  // what one call holds of a target's answers
    std::shared_ptr<ByteBudget> bytes = std::make_shared<ByteBudget>();  // what all calls together do
    drivers::mongoc::PoolSettings quick;
    // Must outlast the longest build: libmongoc would take the silence of a build for a dead server. A build
    // that was left behind keeps its client until it ends, so there are more than anybody builds at once.
    drivers::mongoc::PoolSettings patient{.most_clients = 64, .socket_timeout = std::chrono::hours(24)};

    std::chrono::milliseconds progress_interval{1'000};  // between two looks at a running build
    std::chrono::milliseconds abort_grace{30'000};       // for a server to end a build that was aborted
    std::chrono::milliseconds shutdown_grace{2'000};     // for helper threads, which are then left behind

    drivers::mongoc::UriLimits uri;
};

// `logger` and `clock` must outlive the result and every target opened from it.
[[nodiscard]] std::unique_ptr<app::Targets> create_targets(const TargetSettings& settings, Logger& logger,
                                                           const Clock& clock = system_clock());

}  // namespace mim::target
