// What one client may ask of a server, and what all of them together may.
#pragma once

#include <cstdint>

#include "app/login_guard/login_guard.hpp"
#include "http/limits/rates.hpp"

namespace mim::main {

struct LimitSettings {
    http::RequestRates rates;
    app::LoginGuardRules logins;
    std::chrono::seconds first_lockout{1};      // of both rules
    std::chrono::seconds longest_lockout{300};  // the same
    unsigned max_connections_per_address = 2'048;
    unsigned max_event_streams_per_user = 64;
    std::uint64_t max_bodies_bytes = 64U << 20U;
    std::int64_t max_active_syncs = 5'000;
};

}  // namespace mim::main
