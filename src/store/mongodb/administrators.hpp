// Changes of accounts that must leave somebody who administers. Without transactions: who is to be changed is
// first marked as leaving, then the others are counted, and only an account that is not leaving counts. Of
// two that leave at once each sees the other's mark, so they cannot both pass; who is refused because of a
// mark tries again. A mark of somebody who died runs out, and cannot be acted upon after it was taken away.
#pragma once

#include "base/id.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Result<bool> administers(Link& link, const UserId& id);
// `change` is the update of the account. last_admin; not_found.
Done change_keeping_an_admin(Link& link, const UserId& id, const bson::Document& change);

}  // namespace mim::store::mongodb
