// Syncs as their requester sees them: submit, follow, cancel, retry. Thread-safe; blocking.
#pragma once

#include "app/comparisons.hpp"
#include "app/ports/sync_store.hpp"

namespace mim::app {

struct SyncRequest {
    DatabaseId database;
    std::optional<std::vector<std::string>> collections;  // none = every collection with definitions
    SyncOptions options{};
    std::optional<UserId> requested_by{};
};

struct SyncWithDatabase {
    Sync sync;
    Database database;
};

struct SyncPorts {
    DatabaseStore& databases;
    DefinitionStore& definitions;
    SyncStore& syncs;
    Targets& targets;
    Comparisons& comparisons;
    const Clock& clock;
    std::chrono::milliseconds target_deadline;
};

class Syncs {
  public:
    explicit Syncs(SyncPorts ports) : ports_(ports) {}

    // not_found, sync_active, target_… when it cannot be reached, invalid_input when nothing is managed,
    // plan_changed when the fingerprint is not today's.
    Result<SyncId> submit(const SyncRequest& request);
    Result<SyncWithDatabase> get(const SyncId& id);
    struct Listing {
        Database database;
        Page<Sync> page;
    };
    Result<Listing> list(const DatabaseId& database, const PageRequest& page);
    Done cancel(const SyncId& id);
    // A new sync with the same collections and options (a fingerprint is dropped). not_allowed_in_state
    // unless failed or cancelled.
    Result<SyncId> retry(const SyncId& id, const std::optional<UserId>& requested_by);

  private:
    Done check_target(const Database& database, const SyncRequest& request);

    SyncPorts ports_;
};

}  // namespace mim::app
