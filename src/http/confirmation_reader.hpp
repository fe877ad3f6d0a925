// The name that confirms a deletion, in a request's body.
#pragma once

#include "app/confirmation.hpp"
#include "http/body.hpp"

namespace mim::http {

// Of whom a name is asked.
[[nodiscard]] inline app::Confirmation::Asked asked_of(const Request& request) {
    using Asked = app::Confirmation::Asked;
    return request.dialect == Dialect::published ? Asked::nothing : Asked::name;
}

// Clients that were there before this contract are not asked; what they send must be right all the same.
[[nodiscard]] inline Result<app::Confirmation> read_confirmation(const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    app::Confirmation confirmation{.asked = asked_of(request), .given = fields.optional_string("confirm")};
    MIM_CHECK(body.verdict());
    return confirmation;
}

}  // namespace mim::http
