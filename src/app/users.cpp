#include "app/users.hpp"

#include "app/credential_rules.hpp"
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
    ask_the_store_again();
    return Change<User>{std::move(before), std::move(after)};
}

Result<Change<User>> Users::set_status(const UserId& id, AccountStatus status) {
    MIM_TRY(before, ports_.users.get(id));
    User after = before;
    after.status = status;
    after.updated_at = ports_.clock.now();
    MIM_CHECK(ports_.users.set_status(id, status, after.updated_at));
    ask_the_store_again();
    if (status == AccountStatus::disabled) {
        // The same write has ended its sessions, also for when it is enabled again; this tells it of each,
        // and nothing depends on it.
        static_cast<void>(ports_.families.revoke_all_of(id));
    }
    return Change<User>{std::move(before), std::move(after)};
}

Result<Change<User>> Users::set_email(const UserId& id, const std::string& email) {
    MIM_CHECK(check_email_address(email));
    MIM_TRY(before, ports_.users.get(id));
    User after = before;
    after.email = email;
    after.updated_at = ports_.clock.now();
    MIM_CHECK(ports_.users.set_email(id, email, after.updated_at));
    return Change<User>{std::move(before), std::move(after)};
}

Result<std::optional<User>> Users::remove(const UserId& id, const Confirmation& confirmation,
                                          const UserId& by) {
    auto user = ports_.users.get(id);
    if (!user && user.error().code == ErrorCode::not_found) return std::optional<User>();
    if (!user) return user.error();
    const std::string what = "the account '" + user->username + "' with its sessions and API keys";
    MIM_CHECK(check_confirmed(confirmation, user->username, what));
    const Done removed = ports_.users.remove(id, {ports_.clock.now(), by});
    ask_the_store_again();
    // Another deletion was faster, and accounts for it.
    if (!removed && removed.error().code == ErrorCode::not_found) return std::optional<User>();
    if (!removed) return removed.error();
    return std::optional(std::move(*user));
}

void Users::ask_the_store_again() {
    ports_.accounts.check_sessions_again();
    ports_.api_keys.check_keys_again();
}

}  // namespace mim::app
