#include "main/settings/endpoint.hpp"

#include "main/settings/number_text.hpp"

namespace mim::main {

std::string Endpoint::text() const {
    const bool ipv6 = host.find(':') != std::string::npos;
    return (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::optional<Endpoint> parse_endpoint(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const auto port = parse_number<std::uint16_t>(std::string_view(text).substr(colon + 1));
    if (!port) return std::nullopt;
    return Endpoint{std::move(host), *port};
}

}  // namespace mim::main
