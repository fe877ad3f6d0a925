// Whether a caller may use a route: by his role, and by what his API key is bound to. The one place where
// that is decided, for every route.
#pragma once

#include "http/route_conduct.hpp"

namespace mim::http {

// A person by an access token, a machine by an API key. As Accounts::authenticate, ApiKeys::authenticate.
[[nodiscard]] Result<app::Caller> authenticate(const Api& api, std::string_view bearer);

// The database that the request is about; none when the reach names none. invalid_input: it is not told
// where it should be; not_found: what should lead to it is not there.
[[nodiscard]] Result<std::optional<DatabaseId>> reached_database(Reach reach, const Request& request,
                                                                 const Api& api);

// forbidden; of a bound key also the errors above. `request.caller` is set where the route needs one.
[[nodiscard]] Done admit(const Route& route, const Request& request, const Api& api);

}  // namespace mim::http
