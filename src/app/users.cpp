#include "app/users.hpp"

#include "app/paging.hpp"

namespace mim::app {

Result<Page<User>> Users::list(const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    return ports_.users.list(wanted);
}

Done Users::set_role(const UserId& id, Role role) {
    MIM_CHECK(ports_.users.set_role(id, role, ports_.clock.now()));
    ports_.accounts.check_sessions_again();
    return {};
}

Done Users::set_status(const UserId& id, AccountStatus status) {
    MIM_CHECK(ports_.users.set_status(id, status, ports_.clock.now()));
    ports_.accounts.check_sessions_again();
    if (status == AccountStatus::enabled) return {};
    // The account's status alone refuses its tokens; this keeps them refused when it is enabled again.
    const Done revoked = ports_.families.revoke_all_of(id);
    ports_.accounts.check_sessions_again();
    return revoked;
}

}  // namespace mim::app
