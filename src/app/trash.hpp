// The trash as people see it: what was deleted in the last 30 days. Thread-safe; blocking.
#pragma once

#include <chrono>
#include <vector>

#include "app/model/user.hpp"
#include "app/ports/trash_store.hpp"
#include "base/clock.hpp"

namespace mim::app {

struct TrashPorts {
    TrashStore& trash;
    const Clock& clock;
};

struct PurgedTrash {
    TrashEntry entry;
    std::vector<TrashEntry> along;
};

class Trash {
  public:
    explicit Trash(TrashPorts ports) : ports_(ports) {}

    // Accounts are for those who administer.
    Result<Page<TrashEntry>> list(const PageRequest& page, Role as);
    // What was brought back. not_found, also of an account for who does not administer; already_exists, with
    // the remedy; not_allowed_in_state: definitions whose database is in the trash itself.
    Result<TrashEntry> restore(const TrashId& id, Role as);
    // As it was; none when there was none. A database takes along what was deleted of its collections before:
    // nothing could bring that back.
    Result<std::optional<PurgedTrash>> purge(const TrashId& id);

    static constexpr std::chrono::hours kept_for{24 * 30};

  private:
    Result<std::vector<TrashEntry>> all_of(const DatabaseId& database);
    Error without_its_database(const TrashEntry& definitions);

    TrashPorts ports_;
};

}  // namespace mim::app
