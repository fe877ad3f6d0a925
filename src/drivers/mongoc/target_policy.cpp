#include "drivers/mongoc/target_policy.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace mim::drivers::mongoc {
namespace {

// Sources: RFC 3927, RFC 4291, RFC 6052 (the same behind a NAT64), and the clouds' own manuals.
constexpr std::array<std::string_view, 5> sensitive_networks{
    "169.254.0.0/16",       // link-local; 169.254.169.254 is most clouds' metadata service
    "fe80::/10",            // link-local
    "64:ff9b::a9fe:0/112",  // 169.254.0.0/16 by way of a NAT64
    "fd00:ec2::254/128",    // the metadata service of AWS
    "100.100.100.200/32",   // and of Alibaba Cloud
};

const std::vector<IpNetwork>& sensitive() {
    static const std::vector<IpNetwork> networks = [] {
        std::vector<IpNetwork> parsed;
        for (const std::string_view text : sensitive_networks) parsed.push_back(*IpNetwork::parse(text));
        return parsed;
    }();
    return networks;
}

// "example.com." is example.com.
std::string normal_name(std::string_view name) {
    std::string out = ascii::lower(name);
    if (out.size() > 1 && out.back() == '.') out.pop_back();
    return out;
}

bool is_host_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::is_letter_or_digit(c) || c == '-' || c == '_' || c == '.' ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

// "127.1" and "0x7f000001" would be looked up as addresses.
bool looks_like_an_address(std::string_view text) {
    const std::string_view last = text.substr(text.rfind('.') + 1);
    return !last.empty() && ascii::is_digit(last.front());
}

bool is_localhost(std::string_view host) {
    return host == "localhost" || host.ends_with(".localhost");
}

constexpr std::string_view remedy = "; whoever runs this service can change that";

std::string shown(std::string_view host, const IpAddress& address) {
    const std::string text = address.text();
    return host == text ? text : std::string(host) + " (" + text + ")";
}

std::string by_deny(const std::string& what) {
    return what + " is denied by the setting --target-deny" + std::string(remedy);
}
std::string by_allow(const std::string& what) {
    return what + " is not among what the setting --target-allow names" + std::string(remedy);
}

}  // namespace

bool TargetPolicy::List::has(std::string_view host) const {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return name.front() == '.' ? host.size() > name.size() && host.ends_with(name) : host == name;
    });
}

bool TargetPolicy::List::has(const IpAddress& address) const {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const IpNetwork& network) { return network.contains(address); });
}

Result<TargetPolicy::List> TargetPolicy::parse_list(const char* setting, std::string_view text,
                                                    Sockets sockets) {
    List list;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const std::string_view entry = ascii::trimmed(text.substr(start, end - start), " ");
        start = end + 1;
        if (entry.empty()) continue;
        const std::string_view below = entry.starts_with("*.") ? entry.substr(1) : entry;
        if (const auto address = IpAddress::parse(entry)) {
            list.networks.push_back(IpNetwork::of(address->reached()));
        } else if (const auto network = IpNetwork::parse(entry)) {
            list.networks.push_back(*network);
        } else if (entry.front() == '/' && sockets == Sockets::allowed) {
            list.sockets.emplace_back(entry);
        } else if (is_host_name(below) && !looks_like_an_address(below) && below != ".") {
            list.names.push_back(normal_name(below));
        } else {
            return invalid_field(
                setting, "'" + std::string(entry) + "' is no host name, *.domain, address or network");
        }
    }
    return list;
}

Result<TargetPolicy> TargetPolicy::parse(std::string_view allow, std::string_view deny,
                                         MachineCredentials credentials) {
    TargetPolicy policy;
    policy.credentials_ = std::move(credentials);
    MIM_TRY(allowed, parse_list("--target-allow", allow, Sockets::allowed));
    MIM_TRY(denied, parse_list("--target-deny", deny, Sockets::refused));
    policy.allow_ = std::move(allowed);
    policy.deny_ = std::move(denied);
    return policy;
}

// An allowed network opens a sensitive one only when it lies within it: 0.0.0.0/0 means databases.
bool TargetPolicy::is_sensitive(const IpAddress& address) const {
    for (const IpNetwork& network : sensitive()) {
        if (!network.contains(address)) continue;
        const bool opened = std::any_of(
            allow_.networks.begin(), allow_.networks.end(),
            [&](const IpNetwork& allowed) { return network.contains(allowed) && allowed.contains(address); });
        if (!opened) return true;
    }
    return false;
}

std::optional<std::string> TargetPolicy::objection(std::string_view asked, const IpAddress& told) const {
    const std::string host = normal_name(asked);
    const IpAddress address = told.reached();
    if (deny_.has(host) || deny_.has(address)) return by_deny(shown(host, address));
    if (is_sensitive(address)) {
        return shown(host, address) +
               " is a link-local or cloud metadata address, which targets may not be at unless the setting "
               "--target-allow names it" +
               std::string(remedy);
    }
    if (allow_.limits_hosts() && !allow_.has(host) && !allow_.has(address))
        return by_allow(shown(host, address));
    return std::nullopt;
}

std::optional<std::string> TargetPolicy::objection_to_socket(std::string_view path) const {
    if (std::find(allow_.sockets.begin(), allow_.sockets.end(), path) != allow_.sockets.end())
        return std::nullopt;
    return "a unix socket is refused unless the setting --target-allow names its path" + std::string(remedy);
}

std::optional<std::string> TargetPolicy::objection_to_name(std::string_view asked) const {
    const std::string host = normal_name(asked);
    return deny_.has(host) ? std::optional(by_deny(host)) : std::nullopt;
}

std::optional<std::string> TargetPolicy::early_objection(std::string_view asked) const {
    const std::string host = normal_name(asked);
    if (const auto address = IpAddress::parse(host)) return objection(host, *address);
    if (is_localhost(host)) {
        const auto ipv4 = objection(host, *IpAddress::parse("127.0.0.1"));
        return ipv4 && objection(host, *IpAddress::parse("::1")) ? ipv4 : std::nullopt;
    }
    if (auto denied = objection_to_name(host)) return denied;
    const bool by_name_only = allow_.limits_hosts() && allow_.networks.empty();
    if (by_name_only && !allow_.has(host)) return by_allow(host);
    return std::nullopt;
}

}  // namespace mim::drivers::mongoc
