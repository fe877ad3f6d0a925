// A pool of connections to one deployment, with its own timeouts.
#pragma once

#include <chrono>
#include <string>

#include "base/result.hpp"
#include "drivers/mongoc/client.hpp"
#include "drivers/mongoc/uri.hpp"

namespace mim::drivers::mongoc {

struct PoolSettings {
    int most_clients = 40;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds server_selection_timeout{5'000};
    // For each reply of the server; the only bound on a server that accepted a command and went silent.
    std::chrono::milliseconds socket_timeout{10'000};
    std::chrono::milliseconds wait_for_client{10'000};  // when all clients are leased
    // Closing a pool says goodbye to the server, which a silent one makes last as long as `socket_timeout`:
    // whoever closes waits this long at most, and leaves the rest to a thread of its own.
    std::chrono::milliseconds wait_for_close{200};
    std::string application_name = "mim";  // shown in the server's log
    Reach reach = Reach::anywhere;
};

// Thread-safe. Its monitoring threads end with the last of the pool and its leases.
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
    Pool(PoolHandle handle, const PoolSettings& settings) : handle_(std::move(handle)), settings_(settings) {}
    PoolHandle handle_;
    PoolSettings settings_;
};

}  // namespace mim::drivers::mongoc
