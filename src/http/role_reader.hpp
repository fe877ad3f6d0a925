// A role in a request's body.
#pragma once

#include <optional>
#include <string_view>

#include "app/model/user.hpp"
#include "http/json_reader.hpp"

namespace mim::http {

[[nodiscard]] inline app::Role read_role(ObjectReader& fields, app::Role fallback) {
    using app::Role;
    return fields.word<Role>("role",
                             {{to_string(Role::admin), Role::admin},
                              {to_string(Role::editor), Role::editor},
                              {to_string(Role::viewer), Role::viewer}},
                             fallback);
}

}  // namespace mim::http
