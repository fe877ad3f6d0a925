// The connections of the targets in use, kept for the next user: bounded, and closed when nobody comes.
// Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/recurring_task.hpp"
#include "target/connection.hpp"
#include "target/targets.hpp"

namespace mim::target {

class KeptConnections {
  public:
    // A thread closes idle ones. The settings, the clock and the breakers must outlive this.
    KeptConnections(const TargetSettings& settings, const Clock& clock, Breakers& breakers);

    // Databases with the same connection string, so of one deployment and with the same credentials, share
    // theirs. invalid_input (field "uri"), target_not_allowed.
    [[nodiscard]] Result<std::shared_ptr<Connection>> of(const app::Database& database);
    // Closes what no other database shares.
    void forget(const DatabaseId& database);
    void count(app::TargetFigures& figures) const;

  private:
    struct Kept {
        std::shared_ptr<Connection> connection;
        SteadyTime last_used;
        std::set<DatabaseId> databases;
    };
    using Map = std::map<std::string, Kept>;  // by connection string
    // Filled under the lock, emptied after it: closing waits for the pools' own threads.
    using Closing = std::vector<std::shared_ptr<Connection>>;

    [[nodiscard]] static bool is_idle(const Kept& kept);
    void close(Map::iterator position, Closing& closing);
    // Takes the database off every other connection string than this one.
    void leave_others(const DatabaseId& database, const std::string& uri, Closing& closing);
    void close_idle(SteadyTime now, Closing& closing);
    [[nodiscard]] Map::iterator least_recently_used();
    void look_for_idle();
    [[nodiscard]] mongoc::PoolSettings bounded(mongoc::PoolSettings settings,
                                               const std::shared_ptr<mongoc::KnownServers>& greeted) const;

    const TargetSettings& settings_;
    const Clock& clock_;
    Breakers& breakers_;
    mutable std::mutex mutex_;
    Map kept_;
    RecurringTask watcher_;  // after what it uses
};

}  // namespace mim::target
