// All tables of the in-memory store behind one lock.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

#include "app/model/api_key.hpp"
#include "app/model/audit.hpp"
#include "app/model/database.hpp"
#include "app/model/definition.hpp"
#include "app/model/invite.hpp"
#include "app/model/made_collection.hpp"
#include "app/model/page.hpp"
#include "app/model/trash.hpp"
#include "app/ports/job_queue.hpp"
#include "app/ports/user_store.hpp"
#include "base/clock.hpp"
#include "fakes/faults.hpp"

namespace mim::fakes {

struct MemoryJob {
    app::Lease lease;  // of the last worker
    std::uint64_t order = 0;
    Timestamp due{};
    bool leased = false;
    Timestamp leased_until{};
    std::chrono::milliseconds span{0};  // of the lease or the delay
};

struct MemoryState {
    explicit MemoryState(const Clock& used) : clock(used) {}

    const Clock& clock;
    Faults faults;  // calls are named "PORT.FUNCTION": "definitions.change"
    std::mutex mutex;
    std::map<UserId, app::User> users;
    std::map<UserId, app::PasswordReset> resets;
    struct Family {
        app::TokenFamily family;
        bool revoked = false;
    };
    std::map<TokenFamilyId, Family> families;
    struct Trashed {
        app::TrashEntry entry;
        std::optional<app::User> user{};
        std::optional<app::Database> database{};
        std::vector<app::Definition> definitions{};
        std::set<std::string> notes{};
    };
    std::map<app::TrashId, Trashed> trash;
    std::map<InviteId, app::Invite> invites;
    std::map<ApiKeyId, app::ApiKey> api_keys;
    std::map<AuditEntryId, app::AuditEntry> audit;
    std::map<AuditEntryId, app::AuditEntry> audit_intents;
    std::map<DatabaseId, app::Database> databases;
    std::map<DefinitionId, app::Definition> definitions;
    std::map<DatabaseId, std::set<std::string>> made_collections;
    struct StoredSync {
        app::Sync sync;
        bool cancel_requested = false;
        int vanished = 0;
        int vanished_at_points = 0;
    };
    std::map<SyncId, StoredSync> syncs;
    std::map<SyncId, MemoryJob> jobs;
    std::uint64_t next_order = 0;
    std::condition_variable job_may_be_due;
    std::uint64_t interrupts = 0;
};

// Begins a call of a port: locks, and returns the error that was planned for it.
#define MIM_FAKE_CALL(state, name)                                               \
    if (auto fault = (state).faults.enter(name)) return std::move(fault->error); \
    const std::scoped_lock lock((state).mutex)

// The page of `items`, which are all there are, in order.
template <class T>
app::Page<T> page_of(const std::vector<T>& items, const app::PageRequest& request) {
    app::Page<T> page{.items = {},
                      .total = static_cast<std::int64_t>(items.size()),
                      .page = request.page,
                      .limit = request.limit};
    const std::size_t first =
        static_cast<std::size_t>(request.page - 1) * static_cast<std::size_t>(request.limit);
    for (std::size_t at = first; at < items.size() && at < first + static_cast<std::size_t>(request.limit);
         ++at) {
        page.items.push_back(items[at]);
    }
    return page;
}

[[nodiscard]] bool same_any_case(std::string_view left, std::string_view right);
// Names that are easily taken for one another.
[[nodiscard]] bool look_alike(std::string_view left, std::string_view right);
[[nodiscard]] bool holds_any_case(std::string_view text, std::string_view part);
[[nodiscard]] Error not_found();
// Under the lock. already_exists.
Done add_user(MemoryState& state, const app::User& user);
[[nodiscard]] Error taken(std::string field);
[[nodiscard]] std::optional<SyncId> active_sync(const MemoryState& state, const DatabaseId& database);

}  // namespace mim::fakes
