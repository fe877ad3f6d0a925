// One writer at a time of what belongs to a database: its definitions, its removal, the submission of its
// syncs. The lock stands in the database's own document, so holding it also proves that the database exists.
// Whoever dies with it leaves a lock that runs out; the next one first finishes or undoes what was begun.
//
// Each holder has a number, greater than that of every earlier one, and definitions carry the number of who
// wrote them (definition_undo.hpp). A holder that was stopped for longer than its lock lasts finds out before
// its next write; one that was already on its way touches nothing that a later holder wrote.
//
// It is older than the transactions of this store (transactions.hpp), which newer rules go by. The moments at
// which a reader sees a change half-way are those between the first and the last of its writes.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "app/model/trash.hpp"
#include "base/time.hpp"
#include "store/mongodb/definition_undo.hpp"

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

    // What is written under the lock is a part of this change.
    [[nodiscard]] const ChangeOf& change() const { return change_; }
    // The database's own document, as long as the lock is held.
    [[nodiscard]] bson::Document held() const;
    // Before each write under the lock. store_failed: it has run out, and others undo what was begun.
    Done keep();
    // The end of a change of many documents that noted how to undo it (definition_undo.hpp), or failed to:
    // makes it last when all of it was `written`, else undoes it. Returns what became of it.
    Done end_change(Done written);
    // The write that makes a change last was answered by an error: success when it has happened all the same,
    // else `doubt`, and the change is undone. When even that cannot be found out, the next holder decides.
    Done end_in_doubt(Error doubt);
    // Removes the database with everything that belongs to it. From its first write on there is no way back:
    // when it is interrupted, the next holder goes on with it.
    Done remove_database();
    // The same, into the trash.
    Done discard_database(const app::Discard& discard);

  private:
    using LockId = Id<struct LockTag>;
    DatabaseLock(std::shared_ptr<Link> link, const DatabaseId& database, LockId holder,
                 const LockTimes& times)
        : link_(std::move(link)), change_{database, 0}, holder_(std::move(holder)), times_(times) {}
    Done renew(const bson::Document& also);
    Done take_up(bson::DocumentView found);
    Done repair(bson::DocumentView lock);
    Done go_on_removing(bson::DocumentView lock);
    Done undo_since_settled();
    Done settle(std::int64_t number);
    Done give_up(Error error);
    Done finish_removal(const std::optional<app::Discard>& discard);
    // Lets it run out instead of giving it back, for the next holder to see what was begun.
    void abandon() { link_.reset(); }
    [[nodiscard]] Timestamp end() const;

    std::shared_ptr<Link> link_;  // null when moved from
    ChangeOf change_;
    std::int64_t settled_ = 0;  // changes up to this one are complete, or undone
    LockId holder_;
    LockTimes times_;
    std::chrono::steady_clock::time_point renewed_ = std::chrono::steady_clock::now();
};

}  // namespace mim::store::mongodb
