#include "app/model/place.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

#include "base/ascii.hpp"
#include "base/ip_address.hpp"

namespace mim::app {
namespace {

constexpr std::string_view own_machine = "localhost";
constexpr std::string_view srv_scheme = "mongodb+srv";
constexpr std::string_view srv_mark = "srv:";
constexpr std::string_view default_port = "27017";
constexpr std::string_view process_mark = "process ";
constexpr std::size_t most_servers = 64;
constexpr char between_hosts = ',';
constexpr char before_database = '/';

// Percent escapes undone, in lower case.
std::string plain(std::string_view text) {
    return ascii::lower(ascii::percent_decoded(text));
}

std::string without_last_dot(std::string name) {
    if (name.ends_with('.')) name.pop_back();
    return name;
}

// inet_aton also reads what people seldom write and connecting understands: hexadecimal, parts left out.
std::optional<IpAddress> address_of(const std::string& host) {
    in_addr four{};
    std::array<char, INET_ADDRSTRLEN> text{};
    if (inet_aton(host.c_str(), &four) == 0) return IpAddress::parse(host);
    return IpAddress::parse(inet_ntop(AF_INET, &four, text.data(), text.size()));
}

// An address in its only form; a name as it is.
std::string canonical_host(const std::string& host) {
    const std::string name = without_last_dot(host);
    const auto address = address_of(name);
    const bool ours =
        address ? address->reached().is_loopback() : name == own_machine || name.ends_with(".localhost");
    if (ours) return std::string(own_machine);
    return address ? address->text() : name;
}

std::string with_port(const std::string& host, std::string_view port) {
    const std::size_t digits = std::min(port.find_first_not_of('0'), port.size());
    return canonical_host(host) + ":" + std::string(port.empty() ? default_port : port.substr(digits));
}

// "host", "host:port", "[address]:port", "/path/of.sock".
std::string host_and_port(const std::string& text) {
    if (text.starts_with('/')) return text;
    const std::size_t bracket = text.starts_with('[') ? text.find(']') : std::string::npos;
    if (bracket != std::string::npos) {
        const std::string_view rest = std::string_view(text).substr(bracket + 1);
        return with_port(text.substr(1, bracket - 1), rest.starts_with(':') ? rest.substr(1) : "");
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return with_port(text, "");
    return with_port(text.substr(0, colon), std::string_view(text).substr(colon + 1));
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (end > 0) parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::string joined(const std::vector<std::string>& hosts) {
    std::string text;
    for (const std::string& host : hosts) {
        if (!text.empty()) text += between_hosts;
        text += host;
    }
    return text;
}

bool is_server(std::string_view host) {
    return host.starts_with(process_mark);
}

std::vector<std::string> hosts_in_text(const Place& place) {
    std::vector<std::string> hosts = place.hosts;
    std::erase_if(hosts, is_server);
    return hosts;
}

void sort_once(std::vector<std::string>& hosts) {
    std::ranges::sort(hosts);
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
}

}  // namespace

std::optional<Place> place_of(const Secret& uri, std::string_view db_name) {
    const std::string_view text = uri.reveal();
    const std::size_t scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    std::string_view authority = text.substr(scheme_end + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) authority.remove_prefix(at + 1);
    const bool by_dns = plain(text.substr(0, scheme_end)) == srv_scheme;
    Place place{.hosts = {}, .db_name = plain(db_name)};
    for (const std::string& each : split(authority, between_hosts)) {
        const std::string host = plain(each);
        place.hosts.push_back(by_dns ? std::string(srv_mark) + without_last_dot(host) : host_and_port(host));
    }
    if (place.hosts.empty()) return std::nullopt;
    sort_once(place.hosts);
    return place;
}

bool operator==(const Place& one, const Place& other) {
    return one.db_name == other.db_name && hosts_in_text(one) == hosts_in_text(other);
}

std::vector<std::string> servers_of(const Place& place) {
    std::vector<std::string> servers = place.hosts;
    std::erase_if(servers, [](const std::string& host) { return !is_server(host); });
    return servers;
}

Place with_servers(const Place& place, const std::vector<std::string>& identities) {
    Place known = place;
    for (const std::string& identity : identities) {
        if (is_server(identity)) known.hosts.push_back(identity);
    }
    sort_once(known.hosts);
    if (servers_of(known).size() <= most_servers) return known;
    known.hosts = hosts_in_text(place);
    for (const std::string& identity : identities) {
        if (is_server(identity) && known.hosts.size() < most_servers) known.hosts.push_back(identity);
    }
    sort_once(known.hosts);
    return known;
}

std::string deployment_of(const Secret& uri) {
    const auto place = place_of(uri, {});
    return place ? joined(place->hosts) : std::string();
}

bool is_shared(const Place& one, const Place& other) {
    if (one.db_name != other.db_name) return false;
    return std::ranges::any_of(one.hosts, [&other](const std::string& host) {
        return std::ranges::binary_search(other.hosts, host);
    });
}

// The database comes first, as a name of one holds no slash.
std::string to_text(const Place& place) {
    return place.db_name + before_database + joined(place.hosts);
}

std::optional<Place> parse_place(std::string_view text) {
    const std::size_t slash = text.find(before_database);
    if (slash == std::string_view::npos) return std::nullopt;
    Place place{.hosts = split(text.substr(slash + 1), between_hosts),
                .db_name = std::string(text.substr(0, slash))};
    if (place.hosts.empty()) return std::nullopt;
    return place;
}

}  // namespace mim::app
