// Invites. Blocking; thread-safe. Errors: store_failed, or not_ready when it cannot be reached, everywhere;
// else as said.
#pragma once

#include "app/model/invite.hpp"
#include "app/model/page.hpp"
#include "base/result.hpp"

namespace mim::app {

class InviteStore {
  public:
    virtual ~InviteStore() = default;
    virtual Done create(const Invite& invite) = 0;
    virtual Result<Invite> find(const std::string& token_hash) = 0;  // not_found
    virtual Result<Page<Invite>> list(const PageRequest& page) = 0;  // newest first; no query
    virtual Done revoke(const InviteId& id, Timestamp now) = 0;      // not_found; not_allowed_in_state: used
    // Spends the invite and makes the account. At most one account of an invite, in any race.
    // not_allowed_in_state: it is used, revoked, expired or unknown; already_exists as of UserStore::create,
    // and then it is not spent.
    virtual Done redeem(const InviteId& id, const User& user, Timestamp now) = 0;
};

}  // namespace mim::app
