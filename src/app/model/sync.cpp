#include "app/model/sync.hpp"

#include <array>
#include <utility>

namespace mim::app {
namespace {

constexpr std::array<std::pair<SyncStatus, std::string_view>, 5> sync_statuses{{
    {SyncStatus::pending, "pending"},
    {SyncStatus::running, "running"},
    {SyncStatus::completed, "completed"},
    {SyncStatus::failed, "failed"},
    {SyncStatus::cancelled, "cancelled"},
}};
constexpr std::array<std::pair<RecordStatus, std::string_view>, 6> record_statuses{{
    {RecordStatus::pending, "pending"},
    {RecordStatus::running, "running"},
    {RecordStatus::completed, "completed"},
    {RecordStatus::failed, "failed"},
    {RecordStatus::skipped, "skipped"},
    {RecordStatus::cancelled, "cancelled"},
}};

template <class Table, class Value>
std::string_view text_of(const Table& table, Value value) {
    for (const auto& [candidate, text] : table) {
        if (candidate == value) return text;
    }
    return "";
}

template <class Value, class Table>
std::optional<Value> value_of(const Table& table, std::string_view text) {
    for (const auto& [value, candidate] : table) {
        if (candidate == text) return value;
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(SyncStatus status) {
    return text_of(sync_statuses, status);
}
std::string_view to_string(RecordStatus status) {
    return text_of(record_statuses, status);
}
std::optional<SyncStatus> parse_sync_status(std::string_view text) {
    return value_of<SyncStatus>(sync_statuses, text);
}
std::optional<RecordStatus> parse_record_status(std::string_view text) {
    return value_of<RecordStatus>(record_statuses, text);
}

Error sync_is_active(const std::optional<SyncId>& active) {
    if (!active) return {ErrorCode::sync_active, "A sync of this database has only just ended: try again"};
    return {ErrorCode::sync_active,
            "The sync " + active->text() +
                " of this database is pending or running: wait for its end, or cancel it"};
}

Error plan_is_another() {
    return {ErrorCode::plan_changed, "The plan is no longer the one you saw: ask for it again"};
}

}  // namespace mim::app
