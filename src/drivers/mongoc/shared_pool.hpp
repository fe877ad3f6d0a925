// One pool of libmongoc, shared by whoever opened it and by the clients leased from it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/deadline.hpp"
#include "drivers/mongoc/connect_guard.hpp"
#include "drivers/mongoc/handles.hpp"

namespace mim::drivers::mongoc {

// Thread-safe. Counts the leases itself, because libmongoc waits for a free client without any deadline of
// the call.
class SharedPool {
  public:
    // Takes over `raw`, whose own limit must be `most_clients` too.
    SharedPool(mongoc_client_pool_t* raw, std::size_t most_clients, std::chrono::milliseconds wait_for_close,
               Reach reach);
    // Waits for the goodbyes to the servers at most as long as said, and leaves the rest to a thread.
    ~SharedPool();
    SharedPool(const SharedPool&) = delete;
    SharedPool& operator=(const SharedPool&) = delete;

    // Null when none became free before the deadline.
    [[nodiscard]] mongoc_client_t* take(Deadline until);
    void give_back(mongoc_client_t* client);
    [[nodiscard]] std::size_t leased() const;
    // When the primary last answered this client; the beginning of time when it never did.
    void note_answer(const mongoc_client_t* client);
    [[nodiscard]] std::chrono::steady_clock::time_point last_answer(const mongoc_client_t* client) const;
    // What every call of libmongoc with one of its clients must happen in.
    [[nodiscard]] ReachScope scope() const { return ReachScope(reach_); }

  private:
    mongoc_client_pool_t* const raw_;
    const std::size_t most_clients_;
    const std::chrono::milliseconds wait_for_close_;
    const Reach reach_;
    mutable std::mutex mutex_;
    std::condition_variable came_back_;
    std::size_t leased_ = 0;
    // Of the clients there ever were: libmongoc keeps each until the pool ends.
    std::unordered_map<const mongoc_client_t*, std::chrono::steady_clock::time_point> answered_;
};

using PoolHandle = std::shared_ptr<SharedPool>;

// Gives a leased client back instead of closing it.
struct GiveBack {
    PoolHandle pool;
    void operator()(mongoc_client_t* client) const { pool->give_back(client); }
};
using LeasedClient = std::unique_ptr<mongoc_client_t, GiveBack>;

}  // namespace mim::drivers::mongoc
