// Who may make an account, as it was set.
#pragma once

#include <optional>

#include "app/registrations.hpp"

namespace mim::main {

struct AccessSettings {
    // None: open on a loopback address, else it must be chosen (registration_policy.hpp).
    std::optional<app::RegistrationPolicy> registration;
    app::Role default_role = app::RegistrationRules{}.default_role;
};

}  // namespace mim::main
