#include "app/users.hpp"

#include "app/paging.hpp"

namespace mim::app {

Result<Page<User>> Users::list(const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    return ports_.users.list(wanted);
}

Result<Change<User>> Users::set_role(const UserId& id, Role role) {
    MIM_TRY(before, ports_.users.get(id));
    User after = before;
    after.role = role;
    after.updated_at = ports_.clock.now();
    MIM_CHECK(ports_.users.set_role(id, role, after.updated_at));
    ports_.accounts.check_sessions_again();
    return Change<User>{std::move(before), std::move(after)};
}

Result<Change<User>> Users::set_status(const UserId& id, AccountStatus status) {
    MIM_TRY(before, ports_.users.get(id));
    User after = before;
    after.status = status;
    after.updated_at = ports_.clock.now();
    MIM_CHECK(ports_.users.set_status(id, status, after.updated_at));
    ports_.accounts.check_sessions_again();
    if (status == AccountStatus::disabled) {
        // The same write has ended its sessions, also for when it is enabled again; this tells it of each,
        // and nothing depends on it.
        static_cast<void>(ports_.families.revoke_all_of(id));
    }
    return Change<User>{std::move(before), std::move(after)};
}

}  // namespace mim::app
