// A pool of connections to one deployment, with its own timeouts.
#pragma once

#include "base/result.hpp"
#include "drivers/mongoc/client.hpp"
#include "drivers/mongoc/client_pool.hpp"
#include "drivers/mongoc/uri.hpp"

namespace mim::drivers::mongoc {

// Thread-safe. No thread is behind it; its connections end with the last of the pool and its leases.
class Pool {
  public:
    // These settings win over the same options of the URI. Resolves the names of `mongodb+srv://` and reads
    // certificate files, so it may block; connects only when the first command runs. target_unreachable,
    // invalid_input (field "uri").
    [[nodiscard]] static Result<Pool> open(const Uri& uri, const PoolSettings& settings);
    // target_timeout when no client became free before the deadline or within `wait_for_client`.
    [[nodiscard]] Result<Client> lease(Deadline deadline) const;
    [[nodiscard]] std::size_t leased() const { return handle_->leased(); }

  private:
    explicit Pool(PoolHandle handle) : handle_(std::move(handle)) {}
    PoolHandle handle_;
};

}  // namespace mim::drivers::mongoc
