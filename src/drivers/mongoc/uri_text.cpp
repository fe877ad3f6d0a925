#include "drivers/mongoc/uri_text.hpp"

#include <algorithm>

#include <mongoc/mongoc.h>

#include "base/ascii.hpp"

namespace mim::drivers::mongoc {
namespace {

constexpr std::string_view plain_scheme = "mongodb://";
constexpr std::string_view srv_scheme = "mongodb+srv://";
constexpr std::string_view socket_ending = ".sock";

bool is_control_or_space(char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
}

bool is_host_character(char c) {
    return ascii::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view(".-_:[]%,").find(c) != std::string_view::npos;
}

bool names_unix_socket(std::string_view hosts) {
    for (std::size_t start = 0; start <= hosts.size();) {
        const std::size_t end = std::min(hosts.find(',', start), hosts.size());
        if (hosts.substr(start, end - start).ends_with(socket_ending)) return true;
        start = end + 1;
    }
    return false;
}

// One name, at which the deployment's hosts and ports are looked up.
std::optional<std::string> objection_to_service(std::string_view host) {
    if (host.find(',') != std::string_view::npos) return "names more than one host after mongodb+srv://";
    if (host.find(':') != std::string_view::npos)
        return "names a port after mongodb+srv://, which finds the ports itself";
    return std::nullopt;
}

std::optional<std::string> objection_to_hosts(std::string_view hosts, const UriLimits& limits) {
    if (hosts.empty()) return "names no host";
    if (!std::all_of(hosts.begin(), hosts.end(), is_host_character)) {
        return "has a character that no host name can hold";
    }
    const auto count = static_cast<std::size_t>(std::count(hosts.begin(), hosts.end(), ',')) + 1;
    if (count > limits.hosts) return "names more than " + std::to_string(limits.hosts) + " hosts";
    if (limits.unix_sockets == UnixSockets::refuse && names_unix_socket(hosts)) {
        return "names a unix socket, which this service does not open";
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> objection(std::string_view text, const UriLimits& limits) {
    if (text.empty()) return "is empty";
    if (text.size() > limits.length) return "is longer than " + std::to_string(limits.length) + " characters";
    if (std::any_of(text.begin(), text.end(), is_control_or_space)) {
        return "has a space or control character: percent-encode it";
    }
    std::string_view rest = text;
    const bool looked_up = rest.starts_with(srv_scheme);
    if (rest.starts_with(plain_scheme)) {
        rest.remove_prefix(plain_scheme.size());
    } else if (looked_up) {
        rest.remove_prefix(srv_scheme.size());
    } else {
        return "does not begin with mongodb:// or mongodb+srv://";
    }
    // The driver takes everything before the last `@` as user and password; the specification wants it
    // encoded.
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    const std::size_t at = authority.rfind('@');
    if (at == std::string_view::npos) {
        if (rest.find('@') < rest.find('?'))
            return "has an unescaped / in its user name or password: write %2F";
    } else if (authority.find('@') != at) {
        return "has an unescaped @ in its user name or password: write %40";
    }
    const std::string_view hosts = at == std::string_view::npos ? authority : authority.substr(at + 1);
    if (const auto reason = objection_to_hosts(hosts, limits)) return reason;
    return looked_up ? objection_to_service(hosts) : std::nullopt;
}

std::string without_quotations(std::string_view reason) {
    std::string out;
    for (std::size_t i = 0; i < reason.size(); ++i) {
        const char quote = reason[i];
        if (quote != '"' && quote != '\'') {
            out += quote;
            continue;
        }
        // To the last quote of the kind when the quoted text is not an option's name: it may hold quotes
        // itself.
        std::size_t end = reason.find(quote, i + 1);
        const std::string name(reason.substr(i + 1, end == std::string_view::npos ? end : end - i - 1));
        const bool is_option =
            mongoc_uri_option_is_utf8(name.c_str()) || mongoc_uri_option_is_bool(name.c_str()) ||
            mongoc_uri_option_is_int32(name.c_str()) || mongoc_uri_option_is_int64(name.c_str());
        if (is_option) {
            out += name;
        } else {
            out += "***";
            end = reason.rfind(quote);
            if (end == i) end = std::string_view::npos;
        }
        if (end == std::string_view::npos) break;
        i = end;
    }
    return out;
}

}  // namespace mim::drivers::mongoc
