#include "main/registration_policy.hpp"

#include "base/ip_address.hpp"

namespace mim::main {

bool is_loopback(const std::string& host) {
    if (host == "localhost") return true;
    const auto address = IpAddress::parse(host);
    return address && address->is_loopback();
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
