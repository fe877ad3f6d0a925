// How many requests are welcome, and their defaults.
#pragma once

#include <cstdint>

namespace mim::http {

struct Rate {
    std::uint32_t per_second = 0;  // tokens that flow in; 0 = no limit
    std::uint32_t burst = 1;       // tokens that it holds, 1 or more
};

// What scripts of a busy team stay far below, and a fraction of what one server can do.
struct RequestRates {
    Rate address{2'000, 10'000};
    Rate credentials{10, 200};    // of an address, for what spends or makes a password or a refresh token
    Rate operations{200, 2'000};  // of an address, for health checks, metrics and the documents
    Rate user{1'000, 5'000};
};

}  // namespace mim::http
