// The hosts behind mongodb+srv://.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "drivers/mongoc/handles.hpp"

namespace mim::drivers::mongoc {

// Why the hosts ("name:port") that a name service told are no targets: too many of them, or a text that is no
// host and would change the connection string that it is written into. None when they may stand there. Pure.
[[nodiscard]] std::optional<std::string> objection_to_seeds(const std::vector<std::string>& hosts);

// The same connection string with the hosts and options that the name service tells, so that nothing is
// looked up again. Blocks as long as the name service does. target_unreachable.
[[nodiscard]] Result<UriHandle> with_hosts_looked_up(const mongoc_uri_t* uri);

}  // namespace mim::drivers::mongoc
