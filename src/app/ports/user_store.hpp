// Accounts. Blocking; thread-safe. Errors: store_failed, or not_ready when it
// cannot be reached, everywhere; else as said.
#pragma once

#include "app/model/change.hpp"
#include "app/model/page.hpp"
#include "app/model/password_reset.hpp"
#include "app/model/trash.hpp"
#include "app/model/user.hpp"
#include "base/result.hpp"

namespace mim::app {

class UserStore {
  public:
    virtual ~UserStore() = default;
    // already_exists, with the taken field ("username" or "email") in `fields`.
    virtual Done create(const User& user) = 0;
    // The same for the very first account that the store ever had, at most one in any race:
    // not_allowed_in_state when there is one, or was: whoever empties a store of accounts, or finds it so,
    // does not administer it.
    virtual Done create_first(const User& user) = 0;
    virtual Result<User> get(const UserId& id) = 0;  // not_found
    virtual Result<User> find_by_identity(
        std::string_view identity) = 0;  // username or email, any case; not_found
    // not_allowed_in_state: the profile is no longer the one before. not_found.
    virtual Done set_profile(const UserId& id, const Change<Profile>& change, Timestamp now) = 0;
    // not_found; already_exists (fields: email).
    virtual Done set_email(const UserId& id, const std::string& email, Timestamp now) = 0;
    // Ends all sessions but the kept one, by raising the user's version in the same write. Whatever ends
    // sessions so takes back a reset that was offered to the user.
    // not_allowed_in_state: the hash is no longer the one that was proved. not_found.
    virtual Done change_password(const UserId& id, const PasswordChange& change, Timestamp now) = 0;
    // At least one account is an enabled administrator, whatever happens at once: a change that would end
    // that is last_admin. Disabling raises the user's version in the same write and keeps no session. A role
    // takes back a reset that was offered to the user, and whoever administers no more takes along those that
    // they offered to others. not_found.
    virtual Done set_role(const UserId& id, Role role, Timestamp now) = 0;
    virtual Done set_status(const UserId& id, AccountStatus status, Timestamp now) = 0;
    // Into the trash. Its sessions and API keys are over with the same write, and not in the trash.
    // last_admin as above; not_found, also when another removal was faster. When it is interrupted the
    // account may be disabled, and can be removed again; it has one entry in the trash, with the status that
    // it had before the first attempt.
    virtual Done remove(const UserId& id, const Discard& discard) = 0;
    // In the place of one that was offered before. not_found.
    virtual Done offer_reset(const UserId& id, const PasswordReset& reset) = 0;
    // The account whose reset has this hash, has not expired, and was offered by who administers now.
    // not_found.
    virtual Result<User> find_by_reset(std::string_view token_hash, Timestamp now) = 0;
    // Ends all sessions, and the reset, by the same write. not_allowed_in_state: it is another reset by now,
    // or none, or whoever offered it does not administer.
    virtual Done redeem_reset(const UserId& id, const std::string& token_hash, const Secret& next_hash,
                              Timestamp now) = 0;
    virtual Result<std::int64_t> count() = 0;
    // `query`: 24 hex digits find that id; else matched anywhere in username or email, any case. Newest
    // first.
    virtual Result<Page<User>> list(const PageRequest& page) = 0;
};

// The families of tokens. A family is revoked once and for ever.
class TokenFamilyStore {
  public:
    virtual ~TokenFamilyStore() = default;
    virtual Done open(const TokenFamily& family) = 0;
    // Atomically: the family is live and `rotated` has an answer for its tokens, which become that answer.
    // Anything else is token_revoked; and when the family was live, it is revoked by this call.
    virtual Done rotate(const TokenFamilyId& id, const Rotation& rotation) = 0;
    virtual Done revoke(const TokenFamilyId& id) = 0;  // also when unknown
    virtual Done revoke_others_of(const UserId& user, const TokenFamilyId& kept) = 0;
    virtual Done revoke_all_of(const UserId& user) = 0;
    virtual Result<FamilyStanding> standing(const TokenFamilyId& id) = 0;
    virtual Done forget_expired(Timestamp now) = 0;
};

}  // namespace mim::app
