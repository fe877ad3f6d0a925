// Accounts as they are added, and that there were any.
#pragma once

#include "app/model/user.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// already_exists, with the taken field in `fields`.
Done insert_user(Link& link, const app::User& user);
// The same as a part of a transaction. After it ended with already_exists, `refuse_names` tells what is
// taken.
Done add_user(Commands& commands, const app::User& user);
// Always an error.
Done refuse_names(Link& link, const app::User& user);
// That the store has accounts, or had them. Once it is noted it stays so, whatever becomes of the accounts.
Done note_accounts(Link& link);
[[nodiscard]] Result<bool> had_accounts(Link& link);

}  // namespace mim::store::mongodb
