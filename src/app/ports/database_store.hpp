// The target databases. Blocking; thread-safe. Errors: store_failed, or not_ready when it
// cannot be reached, everywhere; else as said.
#pragma once

#include "app/model/database.hpp"
#include "app/model/page.hpp"
#include "app/model/removal.hpp"
#include "app/model/trash.hpp"
#include "base/result.hpp"

namespace mim::app {

// Whether an update leaves the name of the deployment's database where it is, or leads elsewhere.
enum class Destination { same, another };

// Of an update, for stores.
[[nodiscard]] inline Error database_changed_meanwhile() {
    return {ErrorCode::not_allowed_in_state, "The database was changed meanwhile"};
}

class DatabaseStore {
  public:
    virtual ~DatabaseStore() = default;
    virtual Done create(const Database& database) = 0;       // already_exists (fields: name)
    virtual Result<Database> get(const DatabaseId& id) = 0;  // not_found
    // `query`: 24 hex digits find that id; else matched anywhere in name or description, any case. Newest
    // first.
    virtual Result<Page<Database>> list(const PageRequest& page) = 0;
    // Only while the stored one's updated_at is `as_of`, as it was read: not_allowed_in_state when somebody
    // else has changed it since. not_found, already_exists. created_at, protection and the seen server are
    // kept: whoever changes the rest from what was read a moment ago must not undo what came in between.
    // To another destination: nobody has seen the server there; sync_active while a sync is pending or
    // running, whose plan was made for the old one.
    virtual Done update(const Database& database, Timestamp as_of, Destination destination) = 0;
    // All that share a place with one of `places`.
    virtual Result<std::vector<Neighbour>> neighbours(const std::vector<Place>& places) = 0;
    // Where its place is still `seen`, servers included; else nothing, as when it does not exist.
    virtual Done set_place(const DatabaseId& id, const Place& place, const std::optional<Place>& seen) = 0;
    // The same of the server that was seen there.
    virtual Done set_seen_server(const DatabaseId& id, const SeenServer& seen,
                                 const std::optional<SeenServer>& before) = 0;
    virtual Done set_protection(const DatabaseId& id, Protection protection, Timestamp now) = 0;  // not_found
    // With its definitions and finished syncs, in one go; also when it does not exist. sync_active while one
    // is.
    virtual Done remove(const DatabaseId& id) = 0;
    // The same, but it goes into the trash, with its definitions and what is noted of its collections; its
    // finished syncs do not.
    virtual Result<Removal> discard(const DatabaseId& id, const Discard& discard) = 0;
};

}  // namespace mim::app
