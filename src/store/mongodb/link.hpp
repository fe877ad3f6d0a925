// One MongoDB database, where each command of `Commands` stands for itself; thread-safe, each with a time
// limit, within which it waits for a primary to be elected. Reads go to the primary, and see what a majority
// has; what must not be wrong is decided by the condition of a write, or in a transaction, and every write is
// acknowledged by a majority. A write whose outcome is unknown is not_ready, and its text says so.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "bson/document.hpp"
#include "drivers/mongoc/pool.hpp"
#include "store/mongodb/transactions.hpp"

namespace mim::store::mongodb {

inline constexpr const char* default_database = "db_manager";

class Link final : public Commands {
  public:
    // Connects only when the first command runs. invalid_input (field "uri").
    [[nodiscard]] static Result<std::shared_ptr<Link>> open(const Secret& uri,
                                                            const drivers::mongoc::PoolSettings& settings,
                                                            std::chrono::milliseconds patience);

    [[nodiscard]] Result<std::int64_t> count(const char* collection, const bson::Document& filter);

    // All that `body` changes, or nothing. It may be run several times, and each time sees the store as it is
    // then: it keeps nothing, and asks no other link. Its error ends the transaction and is returned. Errors
    // of its own: not_ready when others kept hindering it, and when the outcome is unknown.
    Done in_transaction(const TransactionBody& body);

    [[nodiscard]] const std::string& database() const { return database_; }

    // A command that is none of these.
    Result<bson::Document> run(const bson::Document& command, drivers::mongoc::Nature nature);
    // Of the server, on its `admin` database.
    Result<bson::Document> run_on_admin(const bson::Document& command);

    // Once it has served: errors then reach people who may use the service but need not know its hosts.
    void hide_hosts() { hosts_ = Hosts::hidden; }

  private:
    Link(drivers::mongoc::Pool pool, std::string database, std::chrono::milliseconds patience)
        : pool_(std::move(pool)), database_(std::move(database)), patience_(patience) {}
    Result<bson::Document> write(const bson::Document& command) override;
    Result<std::vector<bson::Document>> drain(const bson::Document& command) override;
    // Leases a client and asks it by `ask(Client&, Deadline)`; again while a new primary is elected.
    template <class Ask>
    auto patiently(drivers::mongoc::Nature nature, const Ask& ask);
    // What the driver says of a target, said of the store.
    [[nodiscard]] Error of_the_store(const Error& error) const;

    drivers::mongoc::Pool pool_;
    std::string database_;
    std::chrono::milliseconds patience_;
    enum class Hosts { shown, hidden };
    std::atomic<Hosts> hosts_ = Hosts::shown;
};

}  // namespace mim::store::mongodb
