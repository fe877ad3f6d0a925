#include "app/sync_run/records.hpp"

namespace mim::app {

SyncRecord record_of(const index::Operation& operation) {
    SyncRecord record;
    record.collection = operation.collection;
    record.index = operation.index;
    record.action = operation.action;
    record.reason = operation.reason;
    record.risk = operation.risk;
    record.statement = operation.statement;
    record.definition = operation.spec.to_document();
    record.definition_id = operation.definition;
    return record;
}

bool changes_registry_only(index::Action action) {
    return action == index::Action::define || action == index::Action::redefine ||
           action == index::Action::forget;
}

ServerReply end_is_not_known() {
    return {0, "interrupted", "it was interrupted, and its end is not known: compare to see it"};
}

bool is_same_operation(const SyncRecord& one, const SyncRecord& other) {
    return one.collection == other.collection && one.index == other.index && one.action == other.action &&
           one.definition == other.definition;
}

void set_running(SyncRecord& record, Timestamp now) {
    record.status = RecordStatus::running;
    record.started_at = now;
    record.progress = 0;
}

void set_pending(SyncRecord& record) {
    record.status = RecordStatus::pending;
    record.started_at.reset();
    record.progress = 0;
}

void set_final(SyncRecord& record, RecordStatus status, std::optional<ServerReply> error, Timestamp now) {
    record.status = status;
    record.error = std::move(error);
    record.completed_at = now;
    if (status == RecordStatus::completed) record.progress = 100;
}

}  // namespace mim::app
