// Accounts as administrators see them. Thread-safe; blocking.
#pragma once

#include "app/accounts.hpp"
#include "app/api_keys.hpp"
#include "app/confirmation.hpp"

namespace mim::app {

struct UserAdministrationPorts {
    UserStore& users;
    TokenFamilyStore& families;
    Accounts& accounts;
    ApiKeys& api_keys;
    const Clock& clock;
};

class Users {
  public:
    explicit Users(UserAdministrationPorts ports) : ports_(ports) {}

    Result<Page<User>> list(const PageRequest& page);
    // Holds at once for tokens already issued and for API keys, elsewhere within
    // `Accounts::revocation_delay`. not_found, last_admin.
    Result<Change<User>> set_role(const UserId& id, Role role);
    // Disabling ends every session of the account for good. Takes effect like a role. not_found, last_admin.
    Result<Change<User>> set_status(const UserId& id, AccountStatus status);
    // not_found, invalid_input, already_exists.
    Result<Change<User>> set_email(const UserId& id, const std::string& email);
    // Into the trash; its sessions and API keys end like those of a disabled account, for good. As it was;
    // none when there was none. not_allowed_in_state: not confirmed, by its username; last_admin.
    Result<std::optional<User>> remove(const UserId& id, const Confirmation& confirmation, const UserId& by);

  private:
    // Whether tokens and keys that were good a moment ago still are.
    void ask_the_store_again();

    UserAdministrationPorts ports_;
};

}  // namespace mim::app
