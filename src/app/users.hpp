// Accounts as administrators see them. Thread-safe; blocking.
#pragma once

#include "app/accounts.hpp"

namespace mim::app {

struct UserAdministrationPorts {
    UserStore& users;
    TokenFamilyStore& families;
    Accounts& accounts;
    const Clock& clock;
};

class Users {
  public:
    explicit Users(UserAdministrationPorts ports) : ports_(ports) {}

    Result<Page<User>> list(const PageRequest& page);
    // Holds at once for tokens already issued, elsewhere within `Accounts::revocation_delay`. not_found,
    // last_admin.
    Result<Change<User>> set_role(const UserId& id, Role role);
    // Disabling ends every session of the account for good. Takes effect like a role. not_found, last_admin.
    Result<Change<User>> set_status(const UserId& id, AccountStatus status);

  private:
    UserAdministrationPorts ports_;
};

}  // namespace mim::app
