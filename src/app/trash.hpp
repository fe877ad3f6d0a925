// The trash as people see it: what was deleted in the last 30 days. Thread-safe; blocking.
#pragma once

#include <chrono>

#include "app/model/user.hpp"
#include "app/ports/trash_store.hpp"
#include "base/clock.hpp"

namespace mim::app {

struct TrashPorts {
    TrashStore& trash;
    const Clock& clock;
};

class Trash {
  public:
    explicit Trash(TrashPorts ports) : ports_(ports) {}

    // Accounts are for those who administer.
    Result<Page<TrashEntry>> list(const PageRequest& page, Role as);
    // What was brought back. not_found, also of an account for who does not administer; already_exists, with
    // the remedy.
    Result<TrashEntry> restore(const TrashId& id, Role as);
    // As it was; none when there was none.
    Result<std::optional<TrashEntry>> purge(const TrashId& id);
    // What is older than it is kept; how many.
    Result<std::int64_t> purge_old();

    static constexpr std::chrono::hours kept_for{24 * 30};

  private:
    TrashPorts ports_;
};

}  // namespace mim::app
