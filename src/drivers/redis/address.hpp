// Where a Redis server is and how to sign in, out of `redis://[[user]:password@]host[:port][/database]` or
// `rediss://…` (TLS). User and password may be percent-encoded. `?ca_file=PATH` names the certificates that a
// TLS server is judged by instead of the system's.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace mim::redis {

enum class Transport { plain, tls };

struct Address {
    std::string host;
    std::uint16_t port = 6379;
    std::string user{};  // empty = the default user
    Secret password{};   // empty = none asked
    int database = 0;
    Transport transport = Transport::plain;
    std::string ca_file{};
};

// invalid_input (field "uri"), its reason free of the URI's text.
[[nodiscard]] Result<Address> parse_address(const Secret& uri);

}  // namespace mim::redis
