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

AddressGroup group_of(const unsigned char* bytes, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < count; ++at) number = number << 8U | bytes[at];
    return AddressGroup{number};
}

}  // namespace

// No IPv6 network in use has 32 leading zero bits, so the two kinds never meet.
AddressGroup address_group(std::string_view address) {
    std::array<char, longest_address + 1> text{};
    address = address.substr(0, address.find('%'));  // the zone of a link-local address
    if (address.size() > longest_address) return AddressGroup{0};
    std::ranges::copy(address, text.begin());
    Bytes bytes{};
    if (inet_pton(AF_INET, text.data(), bytes.data()) == 1) return group_of(bytes.data(), 4);
    if (inet_pton(AF_INET6, text.data(), bytes.data()) != 1) return AddressGroup{0};
    const bool mapped =
        std::equal(bytes.begin(), bytes.begin() + mapped_prefix_length, mapped_prefix.begin());
    return mapped ? group_of(bytes.data() + mapped_prefix_length, 4) : group_of(bytes.data(), 8);
}

}  // namespace mim
