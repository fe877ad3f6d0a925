// The two pools of one target, and what was learnt about its server. Thread-safe.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>

#include "drivers/mongoc/pool.hpp"
#include "drivers/mongoc/uri.hpp"
#include "target/workers.hpp"

namespace mim::target {

namespace mongoc = drivers::mongoc;

class Connection {
  public:
    Connection(mongoc::Uri uri, const mongoc::PoolSettings& quick, const mongoc::PoolSettings& patient)
        : uri_(std::move(uri)), quick_(quick), patient_(patient) {}

    // Lease a client; the pool is opened by the first call. Errors as of Pool::open and Pool::lease.
    [[nodiscard]] Result<mongoc::Client> quick() { return lease(quick_); }
    [[nodiscard]] Result<mongoc::Client> patient() { return lease(patient_); }  // for builds

    // False once the server refused to mark unfinished builds in listIndexes.
    std::atomic<bool> marks_builds{true};

  private:
    struct LazyPool {
        explicit LazyPool(const mongoc::PoolSettings& pool_settings) : settings(pool_settings) {}
        mongoc::PoolSettings settings;
        std::mutex mutex;
        std::optional<mongoc::Pool> pool;
    };
    [[nodiscard]] Result<mongoc::Client> lease(LazyPool& lazy);

    mongoc::Uri uri_;
    LazyPool quick_;
    LazyPool patient_;
};

// A database of a target: what every operation of this room starts from.
struct Place {
    std::shared_ptr<Connection> connection;
    std::string database;
};

}  // namespace mim::target
