// A pool that is opened by its first use. Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>

#include "base/deadline.hpp"
#include "drivers/mongoc/pool.hpp"
#include "drivers/mongoc/uri.hpp"

namespace mim::target {

namespace mongoc = drivers::mongoc;

class LazyPool {
  public:
    LazyPool(std::shared_ptr<const mongoc::Uri> uri, const mongoc::PoolSettings& settings)
        : uri_(std::move(uri)), settings_(settings) {}

    // Opens the pool when there is none yet; one that could not be opened is tried again by the next call.
    // Looking up the hosts of a mongodb+srv:// URI knows no time limit of ours, so a thread does it, and the
    // deadline ends the wait for it. Errors as of Pool::open and Pool::lease.
    [[nodiscard]] Result<mongoc::Client> lease(Deadline deadline);
    [[nodiscard]] std::size_t leased() const;

  private:
    struct LookUp;
    [[nodiscard]] Result<mongoc::Pool> opened(Deadline deadline);
    [[nodiscard]] std::shared_ptr<LookUp> look_up();
    [[nodiscard]] Result<mongoc::Pool> keep(Result<mongoc::Pool> pool);

    const std::shared_ptr<const mongoc::Uri> uri_;
    const mongoc::PoolSettings settings_;
    mutable std::mutex mutex_;
    std::optional<mongoc::Pool> pool_;
    std::shared_ptr<LookUp> looking_up_;  // while somebody waits for it
};

}  // namespace mim::target
