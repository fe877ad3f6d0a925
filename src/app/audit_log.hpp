// Who did what: written by whoever carries out a change, read by administrators. Thread-safe; blocking.
//
// A change is announced before it is made (`begin`), and its outcome written afterwards (`complete`). When
// the announcement cannot be written, the change is not made; when the outcome cannot, or the process dies
// in between, the announcement is left, and becomes an entry with the outcome `unknown` after `patience`
// (`settle`). So no change is missing in the log.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/audit_store.hpp"
#include "app/ports/user_store.hpp"
#include "base/clock.hpp"

namespace mim::app {

struct AuditPorts {
    AuditStore& entries;
    UserStore& users;
    const Clock& clock;
};

// What a caller asks to see. `user` is an id, or a name or email in any case: whoever has it, and whoever had
// it when they were deleted.
struct AuditQuery {
    AuditFilter filter{};  // its `users` are filled from the field below
    std::optional<std::string> user{};
};

struct AuditExport {
    std::vector<AuditEntry> entries;  // oldest first
    // Where the next part begins; none: that was all.
    std::optional<AuditPlace> next{};
};

class AuditLog {
  public:
    explicit AuditLog(AuditPorts ports) : ports_(ports) {}

    // Stamps `began_at` and fills in the user's name, also of an account that is gone.
    Done begin(AuditEntry& entry);
    // The outcome of what was begun, or of what needed no beginning.
    Done complete(AuditEntry& entry);
    // The same of what several processes may do at once: whoever comes second has nothing to add.
    Done complete_once(AuditEntry& entry);
    // What was begun has changed nothing.
    Done withdraw(const AuditEntryId& id);
    // What was left behind becomes entries. Whoever reads does so first; to be done from time to time, since
    // nobody may read.
    Done settle();

    Result<Page<AuditEntry>> list(const AuditQuery& query, const PageRequest& page);  // newest first
    // Up to `limit` entries, fewer when they are large.
    Result<AuditExport> read(const AuditQuery& query, const std::optional<AuditPlace>& after,
                             std::size_t limit);

    // Longer than any request takes.
    static constexpr std::chrono::minutes patience{10};
    // In bytes; a longer text gives way to `{"left_out_bytes": n}`.
    static constexpr std::size_t longest_detail = 65'536;
    static constexpr std::size_t most_exported = 1'000;

  private:
    void stamp(AuditEntry& entry);
    Done append(AuditEntry& entry);

    AuditPorts ports_;
};

}  // namespace mim::app
