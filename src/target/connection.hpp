// The two pools of one target, and what was learnt about its server. Thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "app/ports/target.hpp"
#include "target/breakers.hpp"
#include "target/lazy_pool.hpp"

namespace mim::target {

struct ServerFacts {
    // A member is one of a replica set, a router is a mongos.
    enum class Role { standalone, member, router } role = Role::standalone;
    std::int64_t wire_version = 0;
};

class Connection {
  public:
    // `greeted`: what the settings of both pools are told of.
    Connection(const std::shared_ptr<const mongoc::Uri>& uri, const mongoc::PoolSettings& quick,
               const mongoc::PoolSettings& patient, std::shared_ptr<SharedBreaker> shared_breaker,
               std::shared_ptr<const mongoc::KnownServers> greeted)
        : addresses(uri->addresses()),
          secrets(uri->secrets()),
          breaker(std::move(shared_breaker)),
          servers(std::move(greeted)),
          quick_(uri, quick),
          patient_(uri, patient) {}

    const std::string addresses;  // of the deployment, for people to see
    const mongoc::SentSecrets secrets;

    const std::shared_ptr<SharedBreaker> breaker;               // of the deployment
    const std::shared_ptr<const mongoc::KnownServers> servers;  // that ever greeted

    // Lease a client; the pool is opened by the first call. Errors as of Pool::open and Pool::lease.
    [[nodiscard]] Result<mongoc::Client> quick(Deadline deadline) { return quick_.lease(deadline); }
    [[nodiscard]] Result<mongoc::Client> patient(Deadline deadline) {  // for builds
        return patient_.lease(deadline);
    }
    [[nodiscard]] std::size_t leased() const { return quick_.leased() + patient_.leased(); }

    // False once the server refused to mark unfinished builds in listIndexes.
    std::atomic<bool> marks_builds{true};
    // False once the connection broke over the statistics of a collection's storage.
    std::atomic<bool> bears_storage_question{true};

    // From the latest answer to `hello`; none before the first.
    [[nodiscard]] std::optional<ServerFacts> facts() const;
    void learn(ServerFacts facts);

    // Whether $listCatalog may be tried: not for a while after the server refused it.
    [[nodiscard]] bool may_ask_catalog() const;
    void ask_catalog_again_after(std::chrono::milliseconds pause);

    // The same of the feature compatibility version: how it was refused, while it is not to be asked for.
    [[nodiscard]] std::optional<app::FeatureVersionSource> feature_version_refusal() const;
    void note_feature_version_refusal(app::FeatureVersionSource refusal, std::chrono::milliseconds pause);

  private:
    struct Refusal {
        app::FeatureVersionSource how;
        std::chrono::steady_clock::time_point until;
    };

    mutable std::mutex facts_mutex_;
    std::optional<ServerFacts> facts_;
    std::optional<Refusal> feature_version_refusal_;
    std::atomic<std::chrono::steady_clock::time_point> catalog_refused_until_{};
    LazyPool quick_;
    LazyPool patient_;
};

// A database of a target: what every operation of this room starts from.
struct Place {
    std::shared_ptr<Connection> connection;
    std::string database;
    std::optional<index::ServerRelease> last_seen{};  // there, by whoever looked last
};

[[nodiscard]] Place place_in(std::shared_ptr<Connection> connection, const app::Database& database);

}  // namespace mim::target
