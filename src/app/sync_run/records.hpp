// The rows of a sync: how they are made from a plan, and how they change their state.
#pragma once

#include "app/model/sync.hpp"

namespace mim::app {

[[nodiscard]] SyncRecord record_of(const index::Operation& operation);
[[nodiscard]] constexpr bool is_final(RecordStatus status) {
    return status != RecordStatus::pending && status != RecordStatus::running;
}
[[nodiscard]] bool changes_registry_only(index::Action action);

// Of a change that was asked of a target, and of which nobody could find out what became.
[[nodiscard]] ServerReply end_is_not_known();

[[nodiscard]] bool is_same_operation(const SyncRecord& one, const SyncRecord& other);
void set_running(SyncRecord& record, Timestamp now);
void set_pending(SyncRecord& record);  // as if it had not begun
void set_final(SyncRecord& record, RecordStatus status, std::optional<ServerReply> error, Timestamp now);

}  // namespace mim::app
