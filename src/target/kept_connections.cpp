#include "target/kept_connections.hpp"

#include <algorithm>

namespace mim::target {

KeptConnections::KeptConnections(const TargetSettings& settings, const Clock& clock, Breakers& breakers)
    : settings_(settings),
      clock_(clock),
      breakers_(breakers),
      watcher_(settings.look_for_idle_every, RecurringTask::First::after_a_pause,
               [this] { look_for_idle(); }) {}

void KeptConnections::look_for_idle() {
    Closing closing;  // declared first, so that pools close after the lock is gone
    const std::scoped_lock lock(mutex_);
    close_idle(clock_.steady(), closing);
}

Result<std::shared_ptr<Connection>> KeptConnections::of(const app::Database& database) {
    Closing closing;  // declared first, so that pools close after the lock is gone
    const std::scoped_lock lock(mutex_);
    const SteadyTime now = clock_.steady();
    close_idle(now, closing);
    leave_others(database.id, database.uri.reveal(), closing);
    if (const auto found = kept_.find(database.uri.reveal()); found != kept_.end()) {
        found->second.last_used = now;
        found->second.databases.insert(database.id);
        return found->second.connection;
    }
    MIM_TRY(uri, mongoc::Uri::parse(database.uri, settings_.uri));
    // At once, where connecting would be refused after a wait.
    if (const auto objection = uri.early_objection(*settings_.policy))
        return Error(ErrorCode::target_not_allowed, *objection);
    while (kept_.size() >= std::max<std::size_t>(1, settings_.most_targets)) {
        close(least_recently_used(), closing);
    }
    auto breaker = breakers_.of(uri.deployment());
    const auto greeted = std::make_shared<mongoc::KnownServers>();
    auto connection = std::make_shared<Connection>(
        std::make_shared<const mongoc::Uri>(std::move(uri)), bounded(settings_.quick, greeted),
        bounded(settings_.patient, greeted), std::move(breaker), greeted);
    kept_.emplace(database.uri.reveal(), Kept{connection, now, {database.id}});
    return connection;
}

mongoc::PoolSettings KeptConnections::bounded(mongoc::PoolSettings settings,
                                              const std::shared_ptr<mongoc::KnownServers>& greeted) const {
    settings.learns = greeted;
    settings.policy = settings_.policy;
    settings.own = settings_.own;
    settings.bytes = settings_.bytes;
    settings.most_bytes_of_a_call = settings_.most_bytes_of_a_call;
    return settings;
}

void KeptConnections::forget(const DatabaseId& database) {
    Closing closing;
    const std::scoped_lock lock(mutex_);
    leave_others(database, std::string(), closing);
}

void KeptConnections::count(app::TargetFigures& figures) const {
    const std::scoped_lock lock(mutex_);
    for (const auto& [uri, kept] : kept_) {
        ++(is_idle(kept) ? figures.pools_idle : figures.pools_in_use);
        figures.clients_leased += kept.connection->leased();
    }
}

// Only this map holds it; nobody can take another share while we hold the lock.
bool KeptConnections::is_idle(const Kept& kept) {
    return kept.connection.use_count() == 1;
}

void KeptConnections::close(Map::iterator position, Closing& closing) {
    closing.push_back(std::move(position->second.connection));
    kept_.erase(position);
}

void KeptConnections::leave_others(const DatabaseId& database, const std::string& uri, Closing& closing) {
    for (auto position = kept_.begin(); position != kept_.end();) {
        const auto current = position++;
        auto& users = current->second.databases;
        if (current->first != uri && users.erase(database) > 0 && users.empty()) close(current, closing);
    }
}

void KeptConnections::close_idle(SteadyTime now, Closing& closing) {
    for (auto position = kept_.begin(); position != kept_.end();) {
        const auto current = position++;
        const bool unused = now - current->second.last_used >= settings_.close_idle_after;
        if (unused && is_idle(current->second)) close(current, closing);
    }
}

KeptConnections::Map::iterator KeptConnections::least_recently_used() {
    return std::min_element(kept_.begin(), kept_.end(), [](const auto& left, const auto& right) {
        const bool left_idle = is_idle(left.second);
        const bool right_idle = is_idle(right.second);
        if (left_idle != right_idle) return left_idle;
        return left.second.last_used < right.second.last_used;
    });
}

}  // namespace mim::target
