// A SyncProgressStore for one run of one sync, which writes the sync's end into the audit log, too. For one
// thread at a time.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "app/audit_log.hpp"
#include "app/ports/sync_store.hpp"
#include "base/log.hpp"

namespace mim::app {

class AuditedProgress final : public SyncProgressStore {
  public:
    // All borrowed.
    AuditedProgress(SyncProgressStore& store, AuditLog& audit, Logger& log)
        : store_(store), audit_(audit), log_(log) {}

    Result<Sync> claim(const SyncId& id, Fence fence, Timestamp now) override;
    Result<std::vector<SyncRecord>> plan(const SyncId& id, Fence fence,
                                         const std::vector<SyncRecord>& records, Timestamp now) override;
    Done record(const SyncId& id, Fence fence, const SyncRecord& record, Timestamp now) override;
    Result<SyncSignal> signal(const SyncId& id, Fence fence) override;
    Result<int> count_takeover(const SyncId& id, Fence fence, int cost, Timestamp now) override;
    // The announcement is written first: without it the sync does not end, and its job is tried again.
    Done finish(const SyncId& id, Fence fence, SyncStatus status, const std::string& error,
                Timestamp now) override;

  private:
    [[nodiscard]] AuditEntry entry_of(const SyncId& id, SyncStatus status, const std::string& error) const;
    void note(const std::vector<SyncRecord>& records);

    SyncProgressStore& store_;
    AuditLog& audit_;
    Logger& log_;
    std::optional<DatabaseId> database_;
    std::optional<UserId> requested_by_;
    std::map<int, RecordStatus> operations_;  // by position
};

}  // namespace mim::app
