#include "main/registration_policy.hpp"

#include <arpa/inet.h>

namespace mim::main {

bool is_loopback(const std::string& host) {
    if (host == "localhost") return true;
    in_addr address4{};
    if (inet_pton(AF_INET, host.c_str(), &address4) == 1) return ntohl(address4.s_addr) >> 24U == 127;
    in6_addr address6{};
    if (inet_pton(AF_INET6, host.c_str(), &address6) != 1) return false;
    return IN6_IS_ADDR_LOOPBACK(&address6);
}

Result<app::RegistrationPolicy> registration_policy(const ServeSettings& settings) {
    if (settings.access.registration) return *settings.access.registration;
    if (is_loopback(settings.http.host)) return app::RegistrationPolicy::open;
    return invalid_field(
        "--registration",
        "must be chosen (open, invite or closed), because others can reach the --listen address " +
            settings.listen().text());
}

}  // namespace mim::main
