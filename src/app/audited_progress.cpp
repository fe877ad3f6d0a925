#include "app/audited_progress.hpp"

#include <algorithm>

#include "bson/builder.hpp"
#include "bson/json.hpp"

namespace mim::app {

void AuditedProgress::note(const std::vector<SyncRecord>& records) {
    operations_.clear();
    for (const SyncRecord& record : records) operations_[record.position] = record.status;
}

Result<Sync> AuditedProgress::claim(const SyncId& id, Fence fence, Timestamp now) {
    MIM_TRY(sync, store_.claim(id, fence, now));
    database_ = sync.database;
    requested_by_ = sync.requested_by;
    note(sync.records);
    return sync;
}

Result<std::vector<SyncRecord>> AuditedProgress::plan(const SyncId& id, Fence fence,
                                                      const std::vector<SyncRecord>& records, Timestamp now) {
    MIM_TRY(stored, store_.plan(id, fence, records, now));
    note(stored);
    return stored;
}

Done AuditedProgress::record(const SyncId& id, Fence fence, const SyncRecord& record, Timestamp now) {
    MIM_CHECK(store_.record(id, fence, record, now));
    operations_[record.position] = record.status;
    return {};
}

Result<SyncSignal> AuditedProgress::signal(const SyncId& id, Fence fence) {
    return store_.signal(id, fence);
}

Result<int> AuditedProgress::count_takeover(const SyncId& id, Fence fence, int cost, Timestamp now) {
    return store_.count_takeover(id, fence, cost, now);
}

AuditEntry AuditedProgress::entry_of(const SyncId& id, SyncStatus status, const std::string& error) const {
    const auto count = [this](RecordStatus wanted) {
        return static_cast<std::int64_t>(
            std::ranges::count(operations_, wanted, [](const auto& operation) { return operation.second; }));
    };
    AuditEntry entry{.action = "sync.finish"};
    entry.database = database_;
    entry.subject = id.text();
    entry.actor.user = requested_by_;
    entry.before = bson::to_json(bson::Builder().add("status", "running").take(), bson::JsonForm::relaxed);
    bson::Builder after;
    after.add("sync_id", id.text()).add("status", to_string(status));
    if (!error.empty()) after.add("error", error);
    after.add("operations", static_cast<std::int64_t>(operations_.size()));
    after.add("completed_operations", count(RecordStatus::completed));
    after.add("failed_operations", count(RecordStatus::failed));
    entry.after = bson::to_json(after.take(), bson::JsonForm::relaxed);
    return entry;
}

Done AuditedProgress::finish(const SyncId& id, Fence fence, SyncStatus status, const std::string& error,
                             Timestamp now) {
    AuditEntry entry = entry_of(id, status, error);
    if (const Done begun = audit_.begin(entry); !begun) {
        log_.error("audit_failed", {{"sync", id.text()}, {"text", begun.error().message}});
        return begun;
    }
    const Done finished = store_.finish(id, fence, status, error, now);
    if (!finished) {
        // After any other failure the write may have taken effect: the announcement then tells of it.
        if (finished.error().code == ErrorCode::lease_lost) static_cast<void>(audit_.withdraw(entry.id));
        return finished;
    }
    entry.outcome = status == SyncStatus::failed ? AuditOutcome::failed : AuditOutcome::done;
    if (const Done written = audit_.complete(entry); !written)
        log_.error("audit_failed", {{"sync", id.text()}, {"text", written.error().message}});
    return finished;
}

}  // namespace mim::app
