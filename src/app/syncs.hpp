// Syncs as their requester sees them: submit, follow, cancel, retry. Thread-safe; blocking.
#pragma once

#include <mutex>

#include "app/comparisons.hpp"
#include "app/model/user.hpp"
#include "app/ports/sync_store.hpp"
#include "app/restoration.hpp"

namespace mim::app {

struct SyncRequest {
    DatabaseId database;
    std::optional<std::vector<std::string>> collections;  // none = every collection with definitions
    SyncOptions options{};
    std::optional<UserId> requested_by{};
    Role requested_as = Role::viewer;
};

struct RetryRequest {
    SyncId sync;
    std::optional<std::string> fingerprint{};  // of today's plan; a protected database asks for it
    std::optional<UserId> requested_by{};
    Role requested_as = Role::viewer;
};

struct RestoreRequest {
    SyncId sync;
    std::optional<IndexPlace> only{};  // none = everything it took away
    std::optional<UserId> requested_by{};
    Role requested_as = Role::viewer;
};

struct SyncWithDatabase {
    Sync sync;
    Database database;
};

// Pending or running, over all databases.
inline constexpr std::int64_t default_max_active_syncs = 5'000;

struct SyncPorts {
    DatabaseStore& databases;
    DefinitionStore& definitions;
    SyncStore& syncs;
    Targets& targets;
    Comparisons& comparisons;
    const Clock& clock;
    std::chrono::milliseconds target_deadline;
    std::int64_t max_active = default_max_active_syncs;
};

class Syncs {
  public:
    explicit Syncs(SyncPorts ports) : ports_(ports) {}

    // not_found, sync_active, target_… when it cannot be reached, invalid_input when nothing is managed,
    // plan_changed when the fingerprint is not today's, too_many_syncs. Of a protected database also
    // invalid_input (fingerprint) without one, and protected_database when the plan takes an administrator.
    Result<SyncId> submit(const SyncRequest& request);
    Result<SyncWithDatabase> get(const SyncId& id);
    Result<DatabaseId> database_of(const SyncId& id);
    struct Listing {
        Database database;
        Page<Sync> page;
    };
    Result<Listing> list(const DatabaseId& database, const PageRequest& page);
    Done cancel(const SyncId& id);
    // A new sync with the same collections and options, but with the fingerprint of this request or none.
    // not_allowed_in_state unless failed or cancelled; else as of submit or restore.
    Result<SyncId> retry(const RetryRequest& request);
    // A new sync that builds again what a finished one dropped, and shows what it hid. not_found;
    // invalid_input (fields) when there is nothing to bring back; sync_active; too_many_syncs;
    // target_…; protected_database
    Result<SyncId> restore(const RestoreRequest& request);

  private:
    struct Requester {
        std::optional<UserId> user;
        Role role;
    };
    Result<SyncId> submit_restoration(const Database& database, Restoration restoration,
                                      const Requester& requester);
    Done store(const Sync& sync, const Database& database);
    Done check_collections_known(const Database& database, const std::vector<std::string>& asked,
                                 const std::vector<Definition>& definitions);
    Done check_target(const Database& database, const SyncRequest& request);

    SyncPorts ports_;
    std::mutex submitting_;  // so that two submissions of this process do not take one last place
};

}  // namespace mim::app
