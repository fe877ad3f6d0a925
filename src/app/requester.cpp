#include "app/requester.hpp"

#include <algorithm>

namespace mim::app {
namespace {

Error may_no_more(std::string_view why) {
    return {ErrorCode::forbidden, "The account that asked for this sync " + std::string(why)};
}

}  // namespace

// Roles stand in the order of what they may do, the mightiest first.
Result<Role> role_of_requester(const Sync& sync, UserStore& users) {
    if (!sync.requested_by) return sync.requested_as;
    const auto requester = users.get(*sync.requested_by);
    if (!requester && requester.error().code == ErrorCode::not_found) return may_no_more("was deleted");
    if (!requester) return requester.error();
    if (requester->status == AccountStatus::disabled) return may_no_more("is disabled");
    if (requester->role == Role::viewer) return may_no_more("may only read by now");
    return std::max(sync.requested_as, requester->role);
}

}  // namespace mim::app
