// What has been in the trash for longer than it is kept goes for good, and the audit log tells of each. Any
// number of processes may do so at once. Thread-safe; blocking.
#pragma once

#include <vector>

#include "app/audit_log.hpp"
#include "app/ports/trash_store.hpp"
#include "base/clock.hpp"

namespace mim::app {

struct OldTrashPorts {
    TrashStore& trash;
    AuditLog& audit;
    const Clock& clock;
};

class OldTrash {
  public:
    explicit OldTrash(OldTrashPorts ports) : ports_(ports) {}

    // How many. When the log cannot be written, nothing goes.
    Result<std::int64_t> purge();

  private:
    Result<std::vector<TrashEntry>> older_than(Timestamp time);
    Done announce(AuditEntry& entry);

    OldTrashPorts ports_;
};

}  // namespace mim::app
