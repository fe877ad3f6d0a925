// From an Authorization header to a caller, and whether that caller may use a route.
#pragma once

#include <string_view>

#include "app/accounts.hpp"
#include "http/route.hpp"

namespace mim::http {

// The token of `Bearer …`: token_required when there is no header, token_malformed when it is another scheme.
[[nodiscard]] Result<std::string_view> bearer_token(std::string_view authorization);

// forbidden, with the role that lacks the right.
[[nodiscard]] Done permit(Need need, const app::Caller& caller);

}  // namespace mim::http
