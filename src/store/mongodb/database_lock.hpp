// One writer at a time of what belongs to a database: its definitions, its removal, the submission of its
// syncs. The lock stands in the database's own document, so holding it also proves that the database exists.
// Whoever dies with it leaves a lock that runs out; the next one first finishes or undoes what was begun. A
// holder that was stopped for longer than that finds out before its next write, and gives up.
//
// This takes the place of transactions, which a standalone server does not have. The moments at which a
// reader sees a change half-way are those between the first and the last of its writes.
#pragma once

#include <chrono>
#include <memory>

#include "base/id.hpp"
#include "base/time.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

struct LockTimes {
    // Clocks of the servers that share a store may differ by a part of it.
    std::chrono::milliseconds lifetime{30'000};
    std::chrono::milliseconds patience{15'000};  // of one who waits; must be less than a request may last
};

class DatabaseLock {
  public:
    // not_found: no such database; not_ready: others held it for too long.
    [[nodiscard]] static Result<DatabaseLock> acquire(std::shared_ptr<Link> link, const DatabaseId& database,
                                                      const LockTimes& times = {});
    DatabaseLock(DatabaseLock&&) noexcept = default;
    DatabaseLock& operator=(DatabaseLock&&) noexcept = delete;
    ~DatabaseLock();  // gives it back; when that fails it runs out

    // Before each write under the lock. store_failed: it has run out, and others undo what was begun.
    Done keep();
    // The end of a change of many documents that noted how to undo it (definition_undo.hpp): makes it last
    // when all of it was `written`, else undoes it. Returns what became of it.
    Done end_change(Done written);
    // Removes the database with everything that belongs to it. From its first write on there is no way back:
    // when it is interrupted, the next holder goes on with it.
    Done remove_database();

  private:
    using LockId = Id<struct LockTag>;
    DatabaseLock(std::shared_ptr<Link> link, const DatabaseId& database, LockId holder,
                 const LockTimes& times)
        : link_(std::move(link)), database_(database), holder_(std::move(holder)), times_(times) {}
    Done renew(const bson::Document& also);
    Done repair(bson::DocumentView found);
    Done finish_removal();
    // Lets it run out instead of giving it back, for the next holder to see what was begun.
    void abandon() { link_.reset(); }
    [[nodiscard]] Timestamp end() const;

    std::shared_ptr<Link> link_;  // null when moved from
    DatabaseId database_;
    LockId holder_;
    LockTimes times_;
    std::chrono::steady_clock::time_point renewed_ = std::chrono::steady_clock::now();
};

}  // namespace mim::store::mongodb
