// Builds that are not begun again, since somebody wanted their end.
#pragma once

#include <string>

#include "base/error.hpp"

namespace mim::app {

// The server ended a build that nobody here asked it to end: its indexes or their collection were dropped,
// its operation was killed, or the deployment itself gave it up.
[[nodiscard]] bool was_ended_at_server(const Error& error);
// What the record says of it, beside the server's own words.
[[nodiscard]] Error not_begun_again(const Error& ended);
// Of a collection that was there when the plan was made: createIndexes would make it anew.
[[nodiscard]] Error collection_dropped(const std::string& collection);

// The failure is that of all indexes of its command: none of them is tried alone.
[[nodiscard]] bool is_fate_of_all(const Error& error);

}  // namespace mim::app
