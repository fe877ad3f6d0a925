// Whether whoever asked for a sync may still have it when its turn comes.
#pragma once

#include "app/model/sync.hpp"
#include "app/ports/user_store.hpp"

namespace mim::app {

// The role to judge the sync by: what its requester was, and no more than they are now. forbidden: the
// account is gone, is disabled or may only read. Else the store's errors. Blocking.
[[nodiscard]] Result<Role> role_of_requester(const Sync& sync, UserStore& users);

}  // namespace mim::app
