#include "drivers/mongoc/network.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace mim::drivers::mongoc {
namespace {

constexpr unsigned all_bits = 128;
constexpr std::size_t mapped_bytes = 12;  // ::ffff: before an IPv4 address
constexpr unsigned mapped_bits = 8 * mapped_bytes;
constexpr std::array<std::uint8_t, mapped_bytes> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

using Bytes = std::array<std::uint8_t, 16>;

Bytes mapped(const void* ipv4) {
    Bytes bytes{};
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin());
    std::memcpy(bytes.data() + mapped_bytes, ipv4, bytes.size() - mapped_bytes);
    return bytes;
}

Bytes with_loopback_for_unspecified(Bytes bytes) {
    if (bytes == Bytes{}) bytes.back() = 1;
    constexpr std::array<std::uint8_t, 4> loopback{127, 0, 0, 1};
    const std::uint32_t unspecified = 0;
    if (bytes == mapped(&unspecified)) return mapped(loopback.data());
    return bytes;
}

bool same_bits(const Bytes& left, const Bytes& right, unsigned bits) {
    const unsigned whole = bits / 8;
    if (!std::equal(left.begin(), left.begin() + whole, right.begin())) return false;
    const unsigned rest = bits % 8;
    if (rest == 0) return true;
    return ((left[whole] ^ right[whole]) >> (8 - rest)) == 0;
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    const std::string copy(text);
    in_addr ipv4{};
    if (inet_pton(AF_INET, copy.c_str(), &ipv4) == 1)
        return IpAddress(with_loopback_for_unspecified(mapped(&ipv4)));
    Bytes bytes{};
    if (inet_pton(AF_INET6, copy.c_str(), bytes.data()) != 1) return std::nullopt;
    return IpAddress(with_loopback_for_unspecified(bytes));
}

std::optional<IpAddress> IpAddress::of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        const auto& ipv4 = reinterpret_cast<const sockaddr_in&>(address);
        return IpAddress(with_loopback_for_unspecified(mapped(&ipv4.sin_addr)));
    }
    if (address.sa_family != AF_INET6) return std::nullopt;
    Bytes bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, bytes.size());
    return IpAddress(with_loopback_for_unspecified(bytes));
}

bool IpAddress::is_ipv4() const {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin());
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    const bool ipv4 = is_ipv4();
    inet_ntop(ipv4 ? AF_INET : AF_INET6, ipv4 ? bytes_.data() + mapped_bytes : bytes_.data(), buffer.data(),
              buffer.size());
    return buffer.data();
}

std::optional<Network> Network::parse(std::string_view text) {
    const auto slash = text.find('/');
    // "0.0.0.0/0" is every IPv4 address, not the loopback network.
    const std::string base(text.substr(0, slash));
    in_addr ipv4{};
    Bytes bytes{};
    unsigned before = 0;
    if (inet_pton(AF_INET, base.c_str(), &ipv4) == 1) {
        bytes = mapped(&ipv4);
        before = mapped_bits;
    } else if (inet_pton(AF_INET6, base.c_str(), bytes.data()) != 1) {
        return std::nullopt;
    }
    if (slash == std::string_view::npos) {
        return Network(IpAddress(with_loopback_for_unspecified(bytes)), all_bits);
    }
    const std::string_view digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (digits.empty() || failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (bits > all_bits - before) return std::nullopt;
    return Network(IpAddress(bytes), before + bits);
}

bool Network::contains(const IpAddress& address) const {
    return same_bits(base_.bytes_, address.bytes_, bits_);
}

bool Network::contains(const Network& other) const {
    return other.bits_ >= bits_ && contains(other.base_);
}

}  // namespace mim::drivers::mongoc
