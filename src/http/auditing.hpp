// Carries out a route that changes something, and accounts for it in the audit log.
#pragma once

#include "http/route.hpp"

namespace mim::http {

// Admits, announces, calls the controller, writes the outcome. When the announcement cannot be written the
// controller is not called; when the outcome cannot, the log says so and a success becomes
// audit_incomplete. Blocking.
[[nodiscard]] Result<Response> carry_out(const Route& route, const Request& request, const Context& context);

}  // namespace mim::http
