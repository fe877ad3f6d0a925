// The connections of this process to one data file: a bounded pool of readers and one writer. Thread-safe.
// Leases are move-only, belong to the thread that took them, and must not outlive the Connections.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "drivers/sqlite/bell.hpp"
#include "drivers/sqlite/connection.hpp"
#include "drivers/sqlite/fair_lock.hpp"

namespace mim::sqlite {

struct PoolOptions {
    OpenOptions open;
    std::size_t max_readers = 32;
};

class Connections;

// A reading connection; statements outside a transaction each see the newest commit.
class Reader {
  public:
    Reader(Reader&&) noexcept = default;
    Reader& operator=(Reader&&) = delete;
    ~Reader();
    Connection* operator->() const { return connection_.get(); }
    Connection& operator*() const { return *connection_; }

  private:
    friend class Connections;
    Reader(Connections& home, std::unique_ptr<Connection> connection)
        : home_(&home), connection_(std::move(connection)) {}
    Connections* home_;
    std::unique_ptr<Connection> connection_;
};

// The write lock and an open transaction; rolled back on destruction unless committed.
class Writer {
  public:
    Writer(Writer&& other) noexcept
        : home_(std::exchange(other.home_, nullptr)), transaction_(std::move(other.transaction_)) {}
    Writer& operator=(Writer&&) = delete;
    ~Writer();
    Connection* operator->() const;
    Connection& operator*() const;
    Done commit();

  private:
    friend class Connections;
    explicit Writer(Connections& home) : home_(&home) {}
    Connections* home_;
    std::unique_ptr<Transaction> transaction_;
};

class Connections {
  public:
    // Opens the writer, and so creates the file. Errors as Connection::open.
    [[nodiscard]] static Result<std::unique_ptr<Connections>> open(PoolOptions options);

    // Waits for a free one up to the patience of `open`; then store_failed.
    [[nodiscard]] Result<Reader> read();
    // Waits its turn among this process's writers, then for other processes'; each up to the patience; then
    // store_failed.
    [[nodiscard]] Result<Writer> write();
    // Rung by whoever has put something into the file for which other threads wait.
    [[nodiscard]] Bell& bell() { return bell_; }

  private:
    friend class Reader;
    friend class Writer;
    Connections(PoolOptions options, Connection writer);
    void give_back(std::unique_ptr<Connection> reader);

    const PoolOptions options_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<Connection>>
        idle_;                 // the last one in is the first one out: its caches are warm
    std::size_t readers_ = 0;  // idle and leased
    FairLock turn_;
    Connection writer_;  // of whoever has the turn
    Bell bell_;
};

}  // namespace mim::sqlite
