#include "base/address_group.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace mim {
namespace {

using Bytes = std::array<unsigned char, 16>;

constexpr std::size_t longest_address = INET6_ADDRSTRLEN;
constexpr Bytes mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::size_t mapped_prefix_length = 12;

struct PrefixBytes {
    std::size_t of_ipv4;
    std::size_t of_ipv6;
};

AddressGroup group_of(const unsigned char* bytes, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < count; ++at) number = number << 8U | bytes[at];
    return AddressGroup{number};
}

// No IPv6 network in use has 24 leading zero bits, so the two kinds never meet.
AddressGroup prefix_of(std::string_view address, PrefixBytes count) {
    std::array<char, longest_address + 1> text{};
    address = address.substr(0, address.find('%'));  // the zone of a link-local address
    if (address.size() > longest_address) return AddressGroup{0};
    std::ranges::copy(address, text.begin());
    Bytes bytes{};
    if (inet_pton(AF_INET, text.data(), bytes.data()) == 1) return group_of(bytes.data(), count.of_ipv4);
    if (inet_pton(AF_INET6, text.data(), bytes.data()) != 1) return AddressGroup{0};
    const bool mapped =
        std::equal(bytes.begin(), bytes.begin() + mapped_prefix_length, mapped_prefix.begin());
    return mapped ? group_of(bytes.data() + mapped_prefix_length, count.of_ipv4)
                  : group_of(bytes.data(), count.of_ipv6);
}

}  // namespace

AddressGroup address_group(std::string_view address) {
    return prefix_of(address, {.of_ipv4 = 4, .of_ipv6 = 8});
}

AddressGroup address_network(std::string_view address) {
    return prefix_of(address, {.of_ipv4 = 3, .of_ipv6 = 7});
}

}  // namespace mim
