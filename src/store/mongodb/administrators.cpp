#include "store/mongodb/administrators.hpp"

#include "store/mongodb/fields.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using Turn = Id<struct TurnTag>;

// `which` is a condition on the account's id.
template <class Which>
bson::Document who_administers(const Which& which) {
    return fields("role", app::to_string(app::Role::admin), "disabled", fields("$ne", true), "_id", which);
}

}  // namespace

Result<bool> administers(Commands& commands, const UserId& id) {
    MIM_TRY(found, commands.find_one(names::users, who_administers(id), fields("_id", 1)));
    return found.has_value();
}

Done keep_an_admin(Commands& commands, const app::User& leaving) {
    if (leaving.role != app::Role::admin || leaving.status != app::AccountStatus::enabled) return {};
    // What a transaction reads, others may change meanwhile. So all who take an administrator away write the
    // same document, and of two who do so at once one begins again.
    MIM_CHECK(commands.put(names::had_accounts, {fields("_id", "accounts", "turn", Turn::generate())}));
    MIM_TRY(another,
            commands.find_one(names::users, who_administers(fields("$ne", leaving.id)), fields("_id", 1)));
    if (another) return {};
    return Error(ErrorCode::last_admin, "This is the last account that administers");
}

}  // namespace mim::store::mongodb
