// The connection strings of the databases, those in the trash too, as the store holds them: sealed, or in the
// clear from before they were sealed. For those who seal, count or check them; everybody else sees databases
// through a sealing store (sealing_database_store.hpp). Blocking; thread-safe. Errors: those of a store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace mim::store {

struct StoredUri {
    DatabaseId database;
    Secret text;
};

enum class Exchanged { yes, no };
// `later`: others read the store just now; the old texts go when the engine next tidies up.
enum class Wiped { now, later };

class StoredUris {
  public:
    virtual ~StoredUris() = default;
    // Up to `limit` whose database ids come after `after` (empty = from the first), by id.
    virtual Result<std::vector<StoredUri>> read(const std::string& after, std::size_t limit) = 0;
    // `to` in the place of `from`; no: it is another one by now, or the database is gone. Nothing else of the
    // database changes.
    virtual Result<Exchanged> exchange(const StoredUri& from, const Secret& to) = 0;
    // Removes what the engine still keeps of texts that were replaced.
    virtual Result<Wiped> wipe_replaced() = 0;
};

}  // namespace mim::store
