#include "app/model/place.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace mim::app {
namespace {

constexpr std::string_view own_machine = "localhost";
constexpr std::string_view srv_scheme = "mongodb+srv";
constexpr std::string_view srv_mark = "srv:";
constexpr std::string_view default_port = "27017";
constexpr char between_hosts = ',';
constexpr char before_database = '/';

char small_letter(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char folded = small_letter(c);
    return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

// Percent escapes undone, in lower case.
std::string plain(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                            hex_value(text[i + 2]) >= 0;
        const int code = escape ? hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]) : text[i];
        out += small_letter(static_cast<char>(code));
        i += escape ? 2U : 0U;
    }
    return out;
}

std::string without_last_dot(std::string name) {
    if (name.ends_with('.')) name.pop_back();
    return name;
}

// An address in its only form, also where it is written in hexadecimal or with parts left out; a name as it
// is.
std::string one_form(const std::string& host) {
    in_addr four{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_aton(host.c_str(), &four) != 0) return inet_ntop(AF_INET, &four, text.data(), text.size());
    in6_addr six{};
    if (inet_pton(AF_INET6, host.c_str(), &six) != 1) return host;
    if (IN6_IS_ADDR_V4MAPPED(&six) != 0)
        return inet_ntop(AF_INET, six.s6_addr + 12, text.data(), text.size());
    return inet_ntop(AF_INET6, &six, text.data(), text.size());
}

std::string canonical_host(const std::string& host) {
    const std::string name = one_form(without_last_dot(host));
    const bool ours = name == own_machine || name.ends_with(".localhost") || name.starts_with("127.") ||
                      name == "::1" || name == "::" || name == "0.0.0.0";
    return ours ? std::string(own_machine) : name;
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

bool is_shared(const Place& one, const Place& other) {
    if (one.db_name != other.db_name) return false;
    return std::ranges::any_of(one.hosts, [&other](const std::string& host) {
        return std::ranges::binary_search(other.hosts, host);
    });
}

// The database comes first, as a name of one holds no slash.
std::string to_text(const Place& place) {
    std::string text = place.db_name + before_database;
    for (const std::string& host : place.hosts) text += host + between_hosts;
    text.pop_back();
    return text;
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
