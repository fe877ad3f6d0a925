// Who is asking, and whether he may use a route: from the Authorization header to a caller, by his role, and
// by what his API key is bound to. The one place where that is decided, for every route.
#pragma once

#include <optional>
#include <string_view>

#include "app/accounts.hpp"
#include "app/model/audit.hpp"
#include "http/route.hpp"

namespace mim::http {

// The token of `Bearer …`: token_required when there is no header, token_malformed when it is another scheme.
[[nodiscard]] Result<std::string_view> bearer_token(std::string_view authorization);

// forbidden, with the role that lacks the right.
[[nodiscard]] Done permit(Need need, const app::Caller& caller);

// A person by an access token, a machine by an API key. As Accounts::authenticate, ApiKeys::authenticate.
[[nodiscard]] Result<app::Caller> authenticate(const Api& api, std::string_view bearer);

// The database that the request is about; none when the reach names none. invalid_input: it is not told
// where it should be; not_found: what should lead to it is not there.
[[nodiscard]] Result<std::optional<DatabaseId>> reached_database(Reach reach, const Request& request,
                                                                 const Api& api);

// forbidden; of a bound key also the errors above. `request.caller` is set where the route needs one.
[[nodiscard]] Done admit(const Route& route, const Request& request, const Api& api);

// As the audit log names the caller; nobody where the route needs none.
[[nodiscard]] app::AuditActor actor_of(const Request& request);

}  // namespace mim::http
