// The two pools of one target, and what was learnt about its server. Thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>

#include "drivers/mongoc/pool.hpp"
#include "drivers/mongoc/uri.hpp"
#include "target/workers.hpp"

namespace mim::target {

namespace mongoc = drivers::mongoc;

struct ServerFacts {
    enum class Role { data, router } role = Role::data;  // a router is a mongos
    std::int64_t wire_version = 0;
};

class Connection {
  public:
    Connection(mongoc::Uri uri, const mongoc::PoolSettings& quick, const mongoc::PoolSettings& patient)
        : uri_(std::move(uri)), quick_(quick), patient_(patient) {}

    // Lease a client; the pool is opened by the first call. Errors as of Pool::open and Pool::lease.
    [[nodiscard]] Result<mongoc::Client> quick() { return lease(quick_); }
    [[nodiscard]] Result<mongoc::Client> patient() { return lease(patient_); }  // for builds

    // False once the server refused to mark unfinished builds in listIndexes.
    std::atomic<bool> marks_builds{true};

    // From the latest answer to `hello`; none before the first.
    [[nodiscard]] std::optional<ServerFacts> facts() const;
    void learn(ServerFacts facts);

    // Whether $listCatalog may be tried: not for a while after the server refused it.
    [[nodiscard]] bool may_ask_catalog() const;
    void ask_catalog_again_after(std::chrono::milliseconds pause);

  private:
    struct LazyPool {
        explicit LazyPool(const mongoc::PoolSettings& pool_settings) : settings(pool_settings) {}
        mongoc::PoolSettings settings;
        std::mutex mutex;
        std::optional<mongoc::Pool> pool;
    };
    [[nodiscard]] Result<mongoc::Client> lease(LazyPool& lazy);

    mongoc::Uri uri_;
    mutable std::mutex facts_mutex_;
    std::optional<ServerFacts> facts_;
    std::atomic<std::chrono::steady_clock::time_point> catalog_refused_until_{};
    LazyPool quick_;
    LazyPool patient_;
};

// A database of a target: what every operation of this room starts from.
struct Place {
    std::shared_ptr<Connection> connection;
    std::string database;
};

}  // namespace mim::target
