// The collections of a target database, in the registry and live. Thread-safe; blocking.
#pragma once

#include <optional>
#include <string_view>

#include "app/confirmation.hpp"
#include "app/model/user.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/target.hpp"
#include "base/clock.hpp"

namespace mim::app {

struct CollectionRow {
    std::string collection;
    std::int64_t total_indexes = 0;            // definitions in the registry
    std::optional<std::int64_t> live_indexes;  // with _id_; only when live collections were asked for
    std::string type;                          // "collection", "view", "timeseries"; "" when not live
};

struct CollectionPorts {
    DatabaseStore& databases;
    CollectionStore& collections;
    SyncStore& syncs;
    Targets& targets;
    const Clock& clock;
    std::chrono::milliseconds target_deadline;
};

// What a removal found in the target.
enum class LiveBefore { there, missing };

class Collections {
  public:
    explicit Collections(CollectionPorts ports) : ports_(ports) {}

    Result<Page<CollectionRow>> list(const DatabaseId& database, const PageRequest& page);
    Result<Page<CollectionRow>> list_with_live(const DatabaseId& database, const PageRequest& page);
    // In the target, and noted. already_exists, target_…
    Done create(const DatabaseId& database, const std::string& name);
    // In the target first, then its definitions; one that only the registry knows, there alone. not_found,
    // already_exists; sync_active, of any entry of the place; protected_database; not_allowed_in_state: the
    // entry was led elsewhere meanwhile.
    Done rename(const DatabaseId& database, const std::string& from, const std::string& to, Role as);
    // Drops it in the target, then its definitions go into the trash. collection_in_use: it holds documents
    // and its name does not confirm it, whoever asks; not_allowed_in_state: the same of its definitions, or
    // another name was given. sync_active, protected_database and not_allowed_in_state as of `rename`.
    Result<LiveBefore> remove(const DatabaseId& database, const std::string& name,
                              const Confirmation& confirmation, Role as, const UserId& by);

  private:
    Done rename_in_target(const Database& stored, const std::string& from, const std::string& to);
    Done rename_in_registry_alone(const Database& stored, const std::string& from, const std::string& to);
    void take_back(const Database& stored, TargetCollections& target, const std::string& name);
    Done check_may_take(const Database& database, Role as, std::string_view what);
    Done check_may_still_take(const Database& as_read, Role as, std::string_view what);
    Done check_confirmed_drop(TargetCollections& target, const DatabaseId& database, const std::string& name,
                              const Confirmation& confirmation);
    LiveBefore live_before(const Database& database, const std::string& name);

    CollectionPorts ports_;
};

}  // namespace mim::app
