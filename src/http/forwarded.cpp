#include "http/forwarded.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <boost/asio/ip/address.hpp>

namespace mim::http {
namespace {

namespace ip = boost::asio::ip;

constexpr unsigned v6_bits = 128;
constexpr unsigned v4_bits = 32;
constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool same_word(std::string_view left, std::string_view lower_case) {
    return std::ranges::equal(left, lower_case, [](char given, char wanted) {
        return given == wanted || (given >= 'A' && given <= 'Z' && given + ('a' - 'A') == wanted);
    });
}

// `1.2.3.4:5` and `[::1]:5` without the port; a bare IPv6 address has colons of its own.
std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
    }
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos
               ? text.substr(0, colon)
               : text;
}

std::optional<ip::address> address_of(std::string_view text) {
    boost::system::error_code failure;
    const ip::address found = ip::make_address(std::string(without_port(trimmed(text))), failure);
    if (failure) return std::nullopt;
    if (found.is_v6() && found.to_v6().is_v4_mapped())
        return ip::make_address_v4(ip::v4_mapped, found.to_v6());
    return found;
}

std::array<std::uint8_t, 16> bytes_of(const ip::address& address) {
    const ip::address_v6 wide =
        address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()) : address.to_v6();
    return wide.to_bytes();
}

// The next item up to `mark`; takes both off `rest`. A mark inside quotes ends it too: otherwise a quote that
// a client has left open would swallow what the proxies add behind it.
std::string_view next_item(std::string_view& rest, char mark) {
    const std::size_t end = std::min(rest.find(mark), rest.size());
    const std::string_view item = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return trimmed(item);
}

std::vector<std::string_view> items_of(std::string_view list) {
    std::vector<std::string_view> items;
    while (!list.empty()) items.push_back(next_item(list, ','));
    return items;
}

// The value of `for=` or `proto=` in one element of a Forwarded header.
std::string_view parameter_of(std::string_view element, std::string_view name) {
    while (!element.empty()) {
        const std::string_view pair = next_item(element, ';');
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || !same_word(pair.substr(0, equals), name)) continue;
        std::string_view value = pair.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        return value;
    }
    return {};
}

// What the proxies say of the way: who spoke to each of them, the client's end first, and how to the last
// one.
struct Way {
    std::vector<std::string_view> addresses;
    std::string_view scheme;
};

Way way_of(ForwardedHeader header, const ForwardedLines& lines) {
    if (header == ForwardedHeader::x_forwarded_for) {
        const auto schemes = items_of(lines.x_forwarded_proto);
        return {items_of(lines.x_forwarded_for), schemes.empty() ? std::string_view() : schemes.back()};
    }
    Way way;
    for (const std::string_view element : items_of(lines.forwarded)) {
        way.addresses.push_back(parameter_of(element, "for"));
        way.scheme = parameter_of(element, "proto");
    }
    return way;
}

}  // namespace

Result<TrustedProxies::Network> TrustedProxies::parse(const std::string& text) {
    const std::size_t slash = text.find('/');
    const std::string_view digits =
        slash == std::string::npos ? std::string_view() : std::string_view(text).substr(slash + 1);
    boost::system::error_code failure;
    const ip::address address = ip::make_address(text.substr(0, slash), failure);
    const unsigned width = !failure && address.is_v4() ? v4_bits : v6_bits;
    unsigned bits = width;
    bool sound = !failure;
    if (slash != std::string::npos) {
        const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        sound = sound && bad == std::errc{} && end == digits.data() + digits.size() && bits <= width;
    }
    if (sound) return Network{bytes_of(address), bits + v6_bits - width};
    return invalid_field("--trusted-proxies", "'" + text +
                                                  "' is neither an address nor a network, "
                                                  "for example 10.0.0.0/8, 192.0.2.7 or fd00::/8");
}

Result<TrustedProxies> TrustedProxies::create(const std::vector<std::string>& networks,
                                              ForwardedHeader header) {
    TrustedProxies proxies;
    proxies.header_ = header;
    for (const std::string& text : networks) {
        MIM_TRY(network, parse(text));
        proxies.networks_.push_back(network);
    }
    return proxies;
}

bool TrustedProxies::holds(const Network& network, const Bytes& address) {
    const unsigned whole = network.bits / 8;
    if (!std::equal(address.begin(), address.begin() + whole, network.first.begin())) return false;
    if (network.bits % 8 == 0) return true;
    const unsigned mask = 0xFFU << (8 - network.bits % 8);
    return (address[whole] & mask) == (network.first[whole] & mask);
}

bool TrustedProxies::trusts(std::string_view address) const {
    if (networks_.empty()) return false;
    const auto found = address_of(address);
    if (!found) return false;
    const Bytes bytes = bytes_of(*found);
    return std::ranges::any_of(networks_, [&](const Network& network) { return holds(network, bytes); });
}

Sender TrustedProxies::sender_of(const Sender& peer, const ForwardedLines& lines) const {
    if (!trusts(peer.address)) return peer;
    Sender sender = peer;
    Way way = way_of(header_, lines);
    if (same_word(way.scheme, "https")) sender.scheme = Scheme::https;
    if (same_word(way.scheme, "http")) sender.scheme = Scheme::http;
    for (; !way.addresses.empty() && trusts(sender.address); way.addresses.pop_back()) {
        std::string next = canonical_address(way.addresses.back());
        if (next.empty()) break;
        sender.address = std::move(next);
    }
    return sender;
}

std::string canonical_address(std::string_view text) {
    const auto found = address_of(text);
    return found ? found->to_string() : std::string();
}

}  // namespace mim::http
