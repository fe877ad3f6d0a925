// The hosts behind mongodb+srv://.
#pragma once

#include "base/result.hpp"
#include "drivers/mongoc/handles.hpp"

namespace mim::drivers::mongoc {

// The same connection string with the hosts and options that the name service tells, so that nothing is
// looked up again. Blocks as long as the name service does. target_unreachable.
[[nodiscard]] Result<UriHandle> with_hosts_looked_up(const mongoc_uri_t* uri);

}  // namespace mim::drivers::mongoc
