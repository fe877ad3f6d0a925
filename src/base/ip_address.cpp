#include "base/ip_address.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace mim {
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
    if (inet_pton(AF_INET, copy.c_str(), &ipv4) == 1) return IpAddress(mapped(&ipv4));
    Bytes bytes{};
    if (inet_pton(AF_INET6, copy.c_str(), bytes.data()) != 1) return std::nullopt;
    return IpAddress(bytes);
}

std::optional<IpAddress> IpAddress::of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        const auto& ipv4 = reinterpret_cast<const sockaddr_in&>(address);
        return IpAddress(mapped(&ipv4.sin_addr));
    }
    if (address.sa_family != AF_INET6) return std::nullopt;
    Bytes bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, bytes.size());
    return IpAddress(bytes);
}

bool IpAddress::is_ipv4() const {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin());
}

std::span<const std::uint8_t> IpAddress::bytes() const {
    const std::span all(bytes_);
    return is_ipv4() ? all.subspan(mapped_bytes) : all;
}

bool IpAddress::is_loopback() const {
    constexpr std::uint8_t first_byte = 127;
    if (is_ipv4()) return bytes_[mapped_bytes] == first_byte;
    Bytes loopback{};
    loopback.back() = 1;
    return bytes_ == loopback;
}

IpAddress IpAddress::reached() const {
    constexpr std::array<std::uint8_t, 4> loopback{127, 0, 0, 1};
    constexpr std::array<std::uint8_t, 4> unspecified{};
    if (bytes_ == mapped(unspecified.data())) return IpAddress(mapped(loopback.data()));
    if (bytes_ != Bytes{}) return *this;
    Bytes bytes{};
    bytes.back() = 1;
    return IpAddress(bytes);
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    const bool ipv4 = is_ipv4();
    inet_ntop(ipv4 ? AF_INET : AF_INET6, ipv4 ? bytes_.data() + mapped_bytes : bytes_.data(), buffer.data(),
              buffer.size());
    return buffer.data();
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
    const auto slash = text.find('/');
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
    if (slash == std::string_view::npos) return of(IpAddress(bytes));
    const std::string_view digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (digits.empty() || failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (bits > all_bits - before) return std::nullopt;
    return IpNetwork(IpAddress(bytes), before + bits);
}

IpNetwork IpNetwork::of(const IpAddress& address) {
    return {address, all_bits};
}

bool IpNetwork::contains(const IpAddress& address) const {
    return same_bits(base_.bytes_, address.bytes_, bits_);
}

bool IpNetwork::contains(const IpNetwork& other) const {
    return other.bits_ >= bits_ && contains(other.base_);
}

}  // namespace mim
