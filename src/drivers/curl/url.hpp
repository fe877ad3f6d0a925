// What a URL of a server may look like.
#pragma once

#include <string>

#include "base/result.hpp"

namespace mim::curl {

// `http://HOST[:PORT][/PATH]` or `https://…`, without a slash at its end. Else a one-line reason that does
// not repeat the URL, as invalid_input: also for a user, a password, a query or a fragment in it.
[[nodiscard]] Result<std::string> parse_base_url(const std::string& text);

}  // namespace mim::curl
