#include "target/targets.hpp"

#include <atomic>
#include <functional>

#include "app/ports/calling_user.hpp"
#include "index/rules/rules.hpp"
#include "target/guarded_target.hpp"
#include "target/kept_connections.hpp"
#include "target/live_target.hpp"

namespace mim::target {
namespace {

// Nothing that is stored today fails here; what an older version stored may.
Done check_name(const std::string& name) {
    if (const auto rejection = index::check_database_name(name))
        return invalid_field("db_name", rejection->message);
    if (const auto rejection = index::check_managed_database_name(name))
        return Error{ErrorCode::target_not_allowed, rejection->message};
    return {};
}

// Of whoever works without a lease.
class NeverLost final : public app::StopSignal {
  public:
    [[nodiscard]] bool stop_requested() const override { return false; }
    [[nodiscard]] bool lease_lost() const override { return false; }
};
const NeverLost never_lost;

// Tells the witness when a server has greeted that neither the entry knew, as it was read, nor this one told
// of.
class Telling {
  public:
    Telling(std::shared_ptr<app::TargetWitness> witness, const app::Database& database,
            std::shared_ptr<const mongoc::KnownServers> servers)
        : witness_(std::move(witness)),
          database_(database.id),
          place_(database.place),
          servers_(std::move(servers)) {}

    void tell() {
        const std::size_t changes = servers_->changes();
        if (told_.exchange(changes) == changes) return;
        const auto servers = servers_->all();
        if (place_ && with_servers(*place_, servers).hosts == place_->hosts) return;
        witness_->answered(database_, servers);
    }

  private:
    const std::shared_ptr<app::TargetWitness> witness_;
    const DatabaseId database_;
    const std::optional<app::Place> place_;
    const std::shared_ptr<const mongoc::KnownServers> servers_;
    std::atomic<std::size_t> told_{0};
};

class LiveTargets final : public app::Targets {
  public:
    LiveTargets(const TargetSettings& settings, Logger& logger, const Clock& clock)
        : shared_(std::make_shared<Shared>(settings, logger)),
          shares_(settings.calls),
          breakers_(settings.breaker, clock, logger),
          kept_(shared_->settings, clock, breakers_) {}

    Done check_uri(const Secret& uri) override {
        MIM_TRY(parsed, mongoc::Uri::parse(uri, shared_->settings.uri));
        if (const auto objection = parsed.early_objection(*shared_->settings.policy))
            return invalid_field("uri", *objection);
        return {};
    }

    Result<std::shared_ptr<app::Target>> open(const app::Database& database) override {
        MIM_TRY(place, place_of(database));
        MIM_TRY(share, share_of(place));
        return guarded(database, std::move(place), std::move(share), never_lost);
    }

    Result<std::shared_ptr<app::Target>> open_for_run(const app::Database& database,
                                                      const app::StopSignal& signal) override {
        MIM_TRY(place, place_of(database));
        return guarded(database, std::move(place), {}, signal);
    }

    Result<std::shared_ptr<app::TargetCollections>> open_collections(const app::Database& database) override {
        MIM_TRY(place, place_of(database));
        MIM_TRY(share, share_of(place));
        auto guard = guard_of(database, place, std::move(share));
        return create_guarded_collections(create_live_collections(std::move(place)), std::move(guard));
    }

    Result<app::ServerInfo> test(const app::Database& database, Deadline deadline) override {
        MIM_TRY(place, place_of(database));
        MIM_TRY(share, share_of(place));
        return guard_of(database, place, std::move(share))->force(Call::probe, [&] {
            return probe(place, deadline);
        });
    }

    bool is_paused(const app::Database& database) override {
        const auto connection = kept_.of(database);
        return connection && (*connection)->breaker->state() == Breaker::State::open;
    }

    void forget(const DatabaseId& database) override { kept_.forget(database); }

    app::TargetFigures figures() override {
        app::TargetFigures figures;
        kept_.count(figures);
        breakers_.count(figures);
        figures.calls = counts_->all();
        return figures;
    }

  private:
    Result<Place> place_of(const app::Database& database) {
        if (database.uri_error) return *database.uri_error;
        MIM_CHECK(check_name(database.db_name));
        MIM_TRY(connection, kept_.of(database));
        return place_in(std::move(connection), database);
    }

    // Whoever works for a user shares the targets with others; runs of syncs have bounds of their own.
    Result<CallShares::Share> share_of(const Place& place) {
        return shares_.take(place.connection->addresses, app::CallingUser::current());
    }

    std::unique_ptr<Guard> guard_of(const app::Database& database, const Place& place,
                                    CallShares::Share share) {
        std::function<void()> ended = [] {};
        if (const auto& witness = shared_->settings.witness) {
            ended = [telling = std::make_shared<Telling>(witness, database, place.connection->servers)] {
                telling->tell();
            };
        }
        return std::make_unique<Guard>(place.connection->breaker, counts_, std::move(share),
                                       std::move(ended));
    }

    std::shared_ptr<app::Target> guarded(const app::Database& database, Place place, CallShares::Share share,
                                         const app::StopSignal& signal) {
        auto guard = guard_of(database, place, std::move(share));
        return create_guarded_target(create_live_target(shared_, std::move(place), signal), std::move(guard));
    }

    const std::shared_ptr<Shared> shared_;
    const std::shared_ptr<CallCounts> counts_ = std::make_shared<CallCounts>();
    CallShares shares_;
    Breakers breakers_;
    KeptConnections kept_;
};

}  // namespace

std::unique_ptr<app::Targets> create_targets(const TargetSettings& settings, Logger& logger,
                                             const Clock& clock) {
    return std::make_unique<LiveTargets>(settings, logger, clock);
}

}  // namespace mim::target
