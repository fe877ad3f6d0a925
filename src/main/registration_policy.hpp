// Who may register at a service that listens on this address.
#pragma once

#include <string>

#include "app/registrations.hpp"
#include "base/result.hpp"
#include "main/settings.hpp"

namespace mim::main {

// Whether only this machine can reach it: 127.0.0.0/8, ::1 or the name localhost. Any other name may resolve
// to anything.
[[nodiscard]] bool is_loopback(const std::string& host);

// What was chosen; else open on a loopback address, and invalid_input (--registration) on any other: nobody
// opens a service to strangers by forgetting a setting.
[[nodiscard]] Result<app::RegistrationPolicy> registration_policy(const ServeSettings& settings);

}  // namespace mim::main
