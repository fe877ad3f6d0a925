#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/model/user.hpp"
#include "base/error.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "index/plan/plan.hpp"

namespace mim::app {

enum class SyncStatus { pending, running, completed, failed, cancelled };
enum class RecordStatus { pending, running, completed, failed, skipped, cancelled };
[[nodiscard]] std::string_view to_string(SyncStatus status);
[[nodiscard]] std::string_view to_string(RecordStatus status);
[[nodiscard]] std::optional<SyncStatus> parse_sync_status(std::string_view text);
[[nodiscard]] std::optional<RecordStatus> parse_record_status(std::string_view text);
[[nodiscard]] constexpr bool is_finished(SyncStatus status) {
    return status != SyncStatus::pending && status != SyncStatus::running;
}

// sync_active: tells which one is, and what can be done about it. None = it has ended since.
[[nodiscard]] Error sync_is_active(const std::optional<SyncId>& active);

// plan_changed: the fingerprint that was sent is that of another plan.
[[nodiscard]] Error plan_is_another();

// What becomes of the drops and hides of a collection one of whose builds failed: the queries that the new
// index was for may live by the old one.
enum class OnFailure { hold, carry_on };

// What an operation adds to its sync's progress, of 100: what came to an end has gone all the way, however it
// ended; what was cancelled has got no further than it was.
[[nodiscard]] constexpr std::int64_t points_of(RecordStatus status, std::int64_t progress) {
    const bool open = status == RecordStatus::pending || status == RecordStatus::running;
    return open || status == RecordStatus::cancelled ? progress : 100;
}

// What was asked for; stored with the sync and read again by the worker.
struct SyncOptions {
    index::MissingChoice missing = index::MissingChoice::create;
    index::ExtraChoice extra = index::ExtraChoice::drop;
    index::ChangedChoice changed = index::ChangedChoice::alter_database;
    index::DropMode drop_mode = index::DropMode::drop;
    index::NamePolicy names = index::NamePolicy::identity;
    std::optional<std::string> fingerprint;
    OnFailure on_failure = OnFailure::hold;
};

// One operation of the sync, as it was planned and as it went.
struct SyncRecord {
    int position = 0;  // from 0, in order of execution
    std::string collection;
    std::string index;
    index::Action action = index::Action::create;
    RecordStatus status = RecordStatus::pending;
    std::optional<Timestamp> started_at;
    std::optional<Timestamp> completed_at;
    int progress = 0;                  // 0 to 100
    std::optional<ServerReply> error;  // without the values of users' documents
    std::string reason;
    index::Risk risk = index::Risk::safe;
    std::string statement;
    bson::Document
        definition;  // create, modify: the index wanted; drop, hide: the whole index as it was, for a restore
    // The registry entry behind it; of a drop only when it makes way for what that entry builds.
    std::optional<DefinitionId> definition_id = {};
};

// One index that a sync is to bring back.
struct RestoredIndex {
    std::string collection;
    index::Spec spec;  // as it was
    enum class Way { build, show } way = Way::build;
    friend bool operator==(const RestoredIndex&, const RestoredIndex&) = default;
};

// What makes a sync a restoration: it looks at the target only, never at the registry.
struct Restoration {
    SyncId of;  // the sync that dropped or hid them
    std::vector<RestoredIndex> indexes;
    friend bool operator==(const Restoration&, const Restoration&) = default;
};

// The number of a worker's claim on a sync. Every later claim is greater; a write with an older one is
// refused.
using Fence = std::int64_t;

struct Sync {
    SyncId id = SyncId::generate();
    DatabaseId database;
    Timestamp created_at{};
    Timestamp updated_at{};
    std::optional<Timestamp> started_at{};
    std::optional<Timestamp> completed_at{};
    std::vector<std::string> collections{};  // in the order asked
    SyncOptions options{};
    SyncStatus status = SyncStatus::pending;
    int progress = 0;     // 0 to 100
    std::string error{};  // a summary for people; empty when none
    int total_tasks = 0;
    int completed_tasks = 0;  // records in a final state
    std::optional<UserId> requested_by{};
    // The role the requester had then: what the worker may do to a protected database.
    Role requested_as = Role::editor;
    Fence fence = 0;
    std::optional<Restoration> restoration{};
    std::vector<SyncRecord> records{};  // filled by `get`, not by lists
};

}  // namespace mim::app
