#include "target/targets.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "target/live_target.hpp"

namespace mim::target {
namespace {

constexpr std::size_t longest_database_name = 63;  // bytes, MongoDB's limit

Done check_database_name(const std::string& name) {
    const bool forbidden = name.find_first_of(std::string_view("/\\. \"$\0", 7)) != std::string::npos;
    if (name.empty() || name.size() > longest_database_name || forbidden) {
        return invalid_field("db_name", "must be the name of a MongoDB database");
    }
    return {};
}

class LiveTargets final : public app::Targets {
  public:
    LiveTargets(const TargetSettings& settings, Logger& logger, const Clock& clock)
        : shared_(std::make_shared<Shared>(settings, logger)), clock_(clock) {}

    Done check_uri(const Secret& uri) override {
        MIM_CHECK(mongoc::Uri::parse(uri, shared_->settings.uri));
        return {};
    }

    Result<std::shared_ptr<app::Target>> open(const app::Database& database) override {
        MIM_TRY(place, place_of(database));
        return create_live_target(shared_, std::move(place));
    }

    Result<std::shared_ptr<app::TargetCollections>> open_collections(const app::Database& database) override {
        MIM_TRY(place, place_of(database));
        return create_live_collections(std::move(place));
    }

    void forget(const DatabaseId& database) override {
        std::shared_ptr<Connection> closing;  // closed outside the lock: it waits for the pool's own threads
        const std::scoped_lock lock(mutex_);
        const auto found = kept_.find(database);
        if (found == kept_.end()) return;
        closing = std::move(found->second.connection);
        kept_.erase(found);
    }

  private:
    struct Kept {
        Secret uri;
        std::shared_ptr<Connection> connection;
        SteadyTime last_used;
    };
    using KeptTargets = std::map<DatabaseId, Kept>;
    using Closing = std::vector<std::shared_ptr<Connection>>;

    Result<Place> place_of(const app::Database& database) {
        if (database.uri_error) return *database.uri_error;
        MIM_CHECK(check_database_name(database.db_name));
        MIM_TRY(connection, connection_of(database));
        return Place{std::move(connection), database.db_name};
    }

    Result<std::shared_ptr<Connection>> connection_of(const app::Database& database) {
        Closing closing;  // declared first, so that pools close after the lock is gone
        const std::scoped_lock lock(mutex_);
        const SteadyTime now = clock_.steady();
        close_idle(now, closing);
        const auto found = kept_.find(database.id);
        if (found != kept_.end() && found->second.uri == database.uri) {
            found->second.last_used = now;
            return found->second.connection;
        }
        MIM_TRY(uri, mongoc::Uri::parse(database.uri, shared_->settings.uri));
        if (found != kept_.end()) close(found, closing);
        while (kept_.size() >= std::max<std::size_t>(1, shared_->settings.most_targets)) {
            close(least_recently_used(), closing);
        }
        auto connection =
            std::make_shared<Connection>(std::move(uri), shared_->settings.quick, shared_->settings.patient);
        kept_.emplace(database.id, Kept{database.uri, connection, now});
        return connection;
    }

    // Only this map holds it; nobody can take another share while we hold the lock.
    static bool is_idle(const Kept& kept) { return kept.connection.use_count() == 1; }

    void close(KeptTargets::iterator position, Closing& closing) {
        closing.push_back(std::move(position->second.connection));
        kept_.erase(position);
    }

    void close_idle(SteadyTime now, Closing& closing) {
        for (auto position = kept_.begin(); position != kept_.end();) {
            const auto current = position++;
            const bool unused = now - current->second.last_used >= shared_->settings.close_idle_after;
            if (unused && is_idle(current->second)) close(current, closing);
        }
    }

    KeptTargets::iterator least_recently_used() {
        return std::min_element(kept_.begin(), kept_.end(), [](const auto& left, const auto& right) {
            const bool left_idle = is_idle(left.second);
            const bool right_idle = is_idle(right.second);
            if (left_idle != right_idle) return left_idle;
            return left.second.last_used < right.second.last_used;
        });
    }

    std::shared_ptr<Shared> shared_;
    const Clock& clock_;
    std::mutex mutex_;
    KeptTargets kept_;
};

}  // namespace

std::unique_ptr<app::Targets> create_targets(const TargetSettings& settings, Logger& logger,
                                             const Clock& clock) {
    return std::make_unique<LiveTargets>(settings, logger, clock);
}

}  // namespace mim::target
