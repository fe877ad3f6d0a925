#include "base/address_group.hpp"

#include "base/ip_address.hpp"

namespace mim {
namespace {

struct PrefixBytes {
    std::size_t of_ipv4;
    std::size_t of_ipv6;
};

// No IPv6 network in use has 24 leading zero bits, so the two kinds never meet.
AddressGroup prefix_of(std::string_view text, PrefixBytes count) {
    const auto address =
        IpAddress::parse(text.substr(0, text.find('%')));  // the zone of a link-local address
    if (!address) return AddressGroup{0};
    std::uint64_t number = 0;
    for (const std::uint8_t byte : address->bytes().first(address->is_ipv4() ? count.of_ipv4 : count.of_ipv6))
        number = number << 8U | byte;
    return AddressGroup{number};
}

}  // namespace

AddressGroup address_group(std::string_view address) {
    return prefix_of(address, {.of_ipv4 = 4, .of_ipv6 = 8});
}

AddressGroup address_network(std::string_view address) {
    return prefix_of(address, {.of_ipv4 = 3, .of_ipv6 = 7});
}

}  // namespace mim
