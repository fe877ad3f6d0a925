// Whom limits take for one client, or for one party that guesses.
#pragma once

#include <cstdint>
#include <string_view>

namespace mim {

// An IPv4 address, or an IPv6 network of 64 bits: who has one address of it has all of them.
enum class AddressGroup : std::uint64_t {};

// Of an address in text form, also of IPv4 mapped into IPv6. Everything that is no address is one group.
[[nodiscard]] AddressGroup address_group(std::string_view address);

// The network that it belongs to, 24 bits of IPv4 or 56 of IPv6: what one party commonly has to itself.
[[nodiscard]] AddressGroup address_network(std::string_view address);

}  // namespace mim
