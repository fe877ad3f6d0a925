#include "drivers/redis/address.hpp"

#include <charconv>
#include <optional>

namespace mim::redis {
namespace {

constexpr int most_databases = 16'384;
constexpr int decimal = 10;
constexpr int hexadecimal = 16;

Error bad_uri(std::string reason) {
    return invalid_field("uri", std::move(reason));
}

template <class Number>
std::optional<Number> number_of(std::string_view digits, int base) {
    Number number{};
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    if (digits.empty() || failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            plain.push_back(text[at]);
            continue;
        }
        const auto byte = number_of<unsigned char>(text.substr(at + 1, 2), hexadecimal);
        if (!byte || at + 2 >= text.size()) return std::nullopt;
        plain.push_back(static_cast<char>(*byte));
        at += 2;
    }
    return plain;
}

// What stands before `mark`, taken off `text` together with it; none when there is no mark.
std::optional<std::string_view> take_before(std::string_view& text, std::size_t mark) {
    if (mark == std::string_view::npos) return std::nullopt;
    const auto head = text.substr(0, mark);
    text.remove_prefix(mark + 1);
    return head;
}

Done read_credentials(std::string_view text, Address& address) {
    const auto colon = text.find(':');
    const auto user = decoded(text.substr(0, colon));
    const auto password =
        colon == std::string_view::npos ? std::optional<std::string>("") : decoded(text.substr(colon + 1));
    if (!user || !password) return bad_uri("a % must be followed by two hex digits");
    address.user = *user;
    address.password = Secret(*password);
    if (!address.user.empty() && address.password.empty()) return bad_uri("the user has no password");
    return {};
}

Done read_host(std::string_view text, Address& address) {
    const bool bracketed = text.starts_with('[');
    const auto end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && end == std::string_view::npos) return bad_uri("the ] after the host is missing");
    address.host = std::string(text.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end));
    if (address.host.empty()) return bad_uri("the host is missing");
    if (end == std::string_view::npos) return {};
    text.remove_prefix(bracketed ? end + 1 : end);
    if (text.empty()) return {};
    const auto port =
        text.starts_with(':') ? number_of<std::uint16_t>(text.substr(1), decimal) : std::nullopt;
    if (!port || *port == 0) return bad_uri("the port must be a number from 1 to 65535");
    address.port = *port;
    return {};
}

Done read_options(std::string_view text, Address& address) {
    constexpr std::string_view ca_file = "ca_file=";
    if (text.empty()) return {};
    const auto path = text.starts_with(ca_file) ? decoded(text.substr(ca_file.size())) : std::nullopt;
    if (!path || path->empty() || path->find('&') != std::string::npos)
        return bad_uri("the only option is ca_file=PATH");
    address.ca_file = *path;
    return {};
}

}  // namespace

Result<Address> parse_address(const Secret& uri) {
    constexpr std::string_view plain = "redis://", tls = "rediss://";
    std::string_view rest = uri.reveal();
    Address address{.host = ""};
    if (rest.starts_with(tls))
        address.transport = Transport::tls;
    else if (!rest.starts_with(plain))
        return bad_uri("must begin with redis:// or rediss://");
    rest.remove_prefix(address.transport == Transport::tls ? tls.size() : plain.size());

    std::string_view options;
    if (const auto mark = rest.find('?'); mark != std::string_view::npos) {
        options = rest.substr(mark + 1);
        rest = rest.substr(0, mark);
    }
    if (const auto credentials = take_before(rest, rest.rfind('@')))
        MIM_CHECK(read_credentials(*credentials, address));
    if (const auto host = take_before(rest, rest.find('/'))) {
        MIM_CHECK(read_host(*host, address));
        const auto database = rest.empty() ? std::optional<int>(0) : number_of<int>(rest, decimal);
        if (!database || *database < 0 || *database >= most_databases)
            return bad_uri("what follows the / must be the number of a database");
        address.database = *database;
    } else {
        MIM_CHECK(read_host(rest, address));
    }
    MIM_CHECK(read_options(options, address));
    return address;
}

}  // namespace mim::redis
