// The audit log. Entries are only ever added: there is no way here to change or remove one. Beside it lie
// intents, the announcements of what is under way; an intent that is left tells of a change whose outcome
// nobody wrote. Blocking; thread-safe. Errors: store_failed, or not_ready when it cannot be reached,
// everywhere; else as said.
#pragma once

#include <vector>

#include "app/model/audit.hpp"
#include "app/model/page.hpp"
#include "base/result.hpp"

namespace mim::app {

class AuditStore {
  public:
    virtual ~AuditStore() = default;
    virtual Done begin(const AuditEntry& intent) = 0;
    // Durable when it returns. The intent with its id, if any, goes. already_exists: an entry has its id.
    virtual Done append(const AuditEntry& entry) = 0;
    virtual Done withdraw(const AuditEntryId& intent) = 0;  // also when there is none
    virtual Result<std::vector<AuditEntry>> begun_before(Timestamp time,
                                                         std::size_t limit) = 0;  // intents, oldest first
    virtual Result<Page<AuditEntry>> list(const AuditFilter& filter,
                                          const PageRequest& page) = 0;  // newest first; no query
    // Oldest first, behind `after` (none = from the first).
    virtual Result<std::vector<AuditEntry>> read(const AuditFilter& filter,
                                                 const std::optional<AuditPlace>& after,
                                                 std::size_t limit) = 0;
};

}  // namespace mim::app
