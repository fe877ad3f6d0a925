#include "http/forwarded.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"

namespace mim::http {
namespace {

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

// The zone of a link-local address says which of the receiver's own interfaces it came by.
std::optional<IpAddress> address_of(std::string_view text) {
    const std::string_view address = without_port(ascii::trimmed(text));
    return IpAddress::parse(address.substr(0, address.find('%')));
}

// The next item up to `mark`; takes both off `rest`. A mark inside quotes ends it too: otherwise a quote that
// a client has left open would swallow what the proxies add behind it.
std::string_view next_item(std::string_view& rest, char mark) {
    const std::size_t end = std::min(rest.find(mark), rest.size());
    const std::string_view item = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return ascii::trimmed(item);
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
        if (equals == std::string_view::npos || !ascii::same_in_any_case(pair.substr(0, equals), name))
            continue;
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

Result<TrustedProxies> TrustedProxies::create(const std::vector<std::string>& networks,
                                              ForwardedHeader header) {
    TrustedProxies proxies;
    proxies.header_ = header;
    for (const std::string& text : networks) {
        const auto network = IpNetwork::parse(text);
        if (!network) {
            return invalid_field("--trusted-proxies", "'" + text +
                                                          "' is neither an address nor a network, "
                                                          "for example 10.0.0.0/8, 192.0.2.7 or fd00::/8");
        }
        proxies.networks_.push_back(*network);
    }
    return proxies;
}

bool TrustedProxies::trusts(std::string_view address) const {
    if (networks_.empty()) return false;
    const auto found = address_of(address);
    return found &&
           std::ranges::any_of(networks_, [&](const IpNetwork& network) { return network.contains(*found); });
}

Sender TrustedProxies::sender_of(const Sender& peer, const ForwardedLines& lines) const {
    if (!trusts(peer.address)) return peer;
    Sender sender = peer;
    Way way = way_of(header_, lines);
    if (ascii::same_in_any_case(way.scheme, "https")) sender.scheme = Scheme::https;
    if (ascii::same_in_any_case(way.scheme, "http")) sender.scheme = Scheme::http;
    for (; !way.addresses.empty() && trusts(sender.address); way.addresses.pop_back()) {
        std::string next = canonical_address(way.addresses.back());
        if (next.empty()) break;
        sender.address = std::move(next);
    }
    return sender;
}

std::string canonical_address(std::string_view text) {
    const auto found = address_of(text);
    return found ? found->text() : std::string();
}

}  // namespace mim::http
