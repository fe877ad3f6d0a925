// Somebody who administers is always left.
#pragma once

#include "app/model/user.hpp"
#include "store/mongodb/commands.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Result<bool> administers(Commands& commands, const UserId& id);
// As a part of the transaction that takes `leaving`, an account as it was before, away from those who
// administer. last_admin when nobody else does; an account that does not administer is no loss.
Done keep_an_admin(Commands& commands, const app::User& leaving);

}  // namespace mim::store::mongodb
