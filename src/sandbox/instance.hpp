// Everything that one sandbox holds while it runs. Touched on the sandbox's thread only.
#pragma once

#include <chrono>
#include <map>

#include "base/id.hpp"
#include "base/log.hpp"
#include "sandbox/builds.hpp"
#include "sandbox/catalog/catalog.hpp"
#include "sandbox/cursors.hpp"
#include "sandbox/fail_point.hpp"
#include "sandbox/index_history.hpp"
#include "sandbox/scram.hpp"
#include "sandbox/settings.hpp"

namespace mim::sandbox {

struct Instance {
    Instance(const Settings& settings, Logger& logger, boost::asio::io_context& context);

    Settings settings;
    Logger* log;
    boost::asio::io_context* context;
    std::uint16_t port = 0;  // the one listened on
    catalog::Catalog catalog;
    Cursors cursors;
    FailPoint fail_point;
    Builds builds;
    IndexHistory history;
    std::chrono::milliseconds latency;
    std::map<std::string, std::chrono::milliseconds> build_times;  // by full name; "" = every collection
    std::map<std::string, std::int64_t> command_counts;
    std::optional<ScramKeys> scram_keys;
    std::string process_id = generate_id_digits();  // of the server that it stands for
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    std::int64_t last_operation_id = 0;
    std::int64_t last_connection_id = 0;
    // Shared with the connections, which may live on for a moment when the instance is gone.
    std::shared_ptr<std::int64_t> open_connections = std::make_shared<std::int64_t>(0);

    // Whether data lie on replica sets: builds then have UUIDs and a commit quorum. Those behind a mongos do.
    [[nodiscard]] bool is_replicated() const {
        return settings.replica_set || catalog.deployment() == catalog::Deployment::sharded;
    }
    [[nodiscard]] std::string address() const { return settings.host + ":" + std::to_string(port); }
    [[nodiscard]] std::chrono::milliseconds build_time(const std::string& full_name) const;
    // Back to an empty server: ends builds, forgets databases, cursors, fail points and settings made by
    // commands.
    void reset();
};

}  // namespace mim::sandbox
