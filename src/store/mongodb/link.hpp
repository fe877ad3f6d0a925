// The commands that the stores run on one MongoDB database. Blocking, each with a time limit; thread-safe.
// Reads go to the primary; whatever must not be wrong is decided by the condition of a write, and every write
// is acknowledged by a majority. Nothing here needs a transaction, so a standalone server will do. Errors of
// every call: not_ready when the server cannot be reached or does not answer in time, else store_failed, also
// when a write's outcome is unknown; neither shows a connection string.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "bson/document.hpp"
#include "drivers/mongoc/pool.hpp"

namespace mim::store::mongodb {

inline constexpr const char* default_database = "db_manager";

struct Question {
    bson::Document filter;
    bson::Document sort = {};    // {} = any order
    bson::Document fields = {};  // {} = all
    std::int64_t skip = 0;
    std::int64_t limit = 0;  // 0 = all
};

enum class Several { one, all };
enum class Answer { before, after };

class Link {
  public:
    // Connects only when the first command runs. invalid_input (field "uri").
    [[nodiscard]] static Result<std::shared_ptr<Link>> open(const Secret& uri,
                                                            const drivers::mongoc::PoolSettings& settings,
                                                            std::chrono::milliseconds patience);

    [[nodiscard]] Result<std::vector<bson::Document>> find(const char* collection, const Question& question);
    [[nodiscard]] Result<std::optional<bson::Document>> find_one(const char* collection,
                                                                 const bson::Document& filter,
                                                                 const bson::Document& fields = {});
    [[nodiscard]] Result<std::int64_t> count(const char* collection, const bson::Document& filter);
    // `pipeline` is an array.
    [[nodiscard]] Result<std::vector<bson::Document>> aggregate(const char* collection,
                                                                const bson::Document& pipeline);

    // All of the next four: already_exists when a unique index forbids it.
    // In order, in as many commands as their size needs; what stands before a refused one is inserted.
    Done insert(const char* collection, const std::vector<bson::Document>& documents);
    // Each new, or in the place of the one with its `_id`.
    Done put(const char* collection, const std::vector<bson::Document>& documents);
    // How many matched. Updates of `all` are not one: they may end half-way.
    Result<std::int64_t> update(const char* collection, const bson::Document& filter,
                                const bson::Document& change, Several several = Several::one);
    Result<std::int64_t> remove(const char* collection, const bson::Document& filter, Several several);
    // Changes one that matches; none when nothing does.
    Result<std::optional<bson::Document>> find_and_modify(const char* collection,
                                                          const bson::Document& filter,
                                                          const bson::Document& change, Answer answer);

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
    Result<bson::Document> write(const bson::Document& command);
    // What the driver says of a target, said of the store.
    [[nodiscard]] Error of_the_store(const Error& error) const;
    template <class T>
    Result<T> ours(Result<T> result) const {
        if (!result) return of_the_store(result.error());
        return result;
    }

    drivers::mongoc::Pool pool_;
    std::string database_;
    std::chrono::milliseconds patience_;
    enum class Hosts { shown, hidden };
    std::atomic<Hosts> hosts_ = Hosts::shown;
};

}  // namespace mim::store::mongodb
