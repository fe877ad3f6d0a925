// The single clients of one deployment and one sign-in, kept for the next lease: bounded, and without a
// thread of their own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "drivers/mongoc/conversation.hpp"
#include "drivers/mongoc/handles.hpp"
#include "drivers/mongoc/sent_secrets.hpp"

namespace mim::drivers::mongoc {

struct PoolSettings {
    int most_clients = 40;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds server_selection_timeout{5'000};  // for a primary to be elected
    // For each reply of the server; the only bound on a server that accepted a command and went silent,
    // beside the deadline of the call.
    std::chrono::milliseconds socket_timeout{10'000};
    std::chrono::milliseconds wait_for_client{10'000};     // when all clients are leased
    std::string application_name = "mim";                  // shown in the server's log
    std::shared_ptr<const TargetPolicy> policy = nullptr;  // where it may connect; none: anywhere
    FrameLimits frames = {};
    std::size_t most_bytes_of_a_call = std::size_t{64} * 1024 * 1024;  // with a budget: what it holds
    std::shared_ptr<ByteBudget> bytes = nullptr;                       // of all calls; none: unbounded
    std::shared_ptr<KnownServers> learns = nullptr;    // told of every server that greets; or none
    std::shared_ptr<const OwnDatabase> own = nullptr;  // no command goes there; or none
};

// One server of the deployment that holds data or routes to it.
struct Member {
    std::string host;  // with its port
};

// A client of libmongoc with what is said beside it. Belongs to one thread at a time.
struct Caller {
    explicit Caller(Terms terms) : conversation(std::move(terms)) {}
    // Says no goodbye: there is nothing to wait for.
    ~Caller() { conversation.begin(Deadline::after(std::chrono::milliseconds(0))); }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    Conversation conversation;
    ClientHandle client;  // after what its streams refer to
    // When the primary last answered.
    std::chrono::steady_clock::time_point answered = std::chrono::steady_clock::time_point::min();
    Member last_asked;  // the primary that was chosen last
    // libmongoc lets a client that could not connect fail at once for the next five seconds.
    enum class State { usable, worn_out } state = State::usable;
};
using CallerHandle = std::unique_ptr<Caller>;

// Thread-safe.
class ClientPool {
  public:
    // `uri` names hosts, not a name service.
    ClientPool(UriHandle uri, PoolSettings settings);

    // Waits for a free one. target_timeout; and as of make.
    [[nodiscard]] Result<CallerHandle> take(Deadline until);
    void give_back(CallerHandle caller);
    // Connects to nobody yet. target_unreachable, invalid_input (field "uri").
    [[nodiscard]] Result<CallerHandle> make() const;
    [[nodiscard]] std::size_t leased() const;
    [[nodiscard]] const PoolSettings& settings() const { return settings_; }
    [[nodiscard]] const SentSecrets& secrets() const { return secrets_; }

  private:
    [[nodiscard]] Terms terms() const;

    const UriHandle uri_;
    const SentSecrets secrets_;
    const PoolSettings settings_;
    mutable std::mutex mutex_;
    std::condition_variable came_back_;
    std::size_t leased_ = 0;
    std::vector<CallerHandle> idle_;
};

using PoolHandle = std::shared_ptr<ClientPool>;

}  // namespace mim::drivers::mongoc
