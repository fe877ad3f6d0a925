// The trash. Things come into it by the stores that they are deleted from. Blocking; thread-safe. Errors:
// store_failed, or not_ready when it cannot be reached, everywhere; else as said.
#pragma once

#include "app/model/page.hpp"
#include "app/model/trash.hpp"
#include "base/result.hpp"

namespace mim::app {

class TrashStore {
  public:
    virtual ~TrashStore() = default;
    // Newest first; no query.
    virtual Result<Page<TrashEntry>> list(TrashedAccounts accounts, const PageRequest& page) = 0;
    virtual Result<TrashEntry> get(const TrashId& id) = 0;  // not_found
    // Whole or not at all, under the ids that things had; then it is no longer in the trash. not_found: no
    // such entry, or the database of the definitions is gone. already_exists: a name or an identity is taken,
    // with the field. No session and no key of an account comes back, also one that was
    // written while it was deleted. Of a restore and a purge at once one happens, and the other finds
    // nothing.
    virtual Done restore(const TrashId& id) = 0;
    // As it was; none when there was none.
    virtual Result<std::optional<TrashEntry>> purge(const TrashId& id) = 0;
    // All that was deleted before that time; how many.
    virtual Result<std::int64_t> purge_before(Timestamp time) = 0;
};

}  // namespace mim::app
