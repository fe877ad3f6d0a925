// Whether a server does what the store asks of it, found out by asking.
#pragma once

#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// By a transaction that is given up. store_failed when the server has none, as one that belongs to no replica
// set, or does not keep to them; other errors as of every command.
Done check_transactions(Link& link);

}  // namespace mim::store::mongodb
