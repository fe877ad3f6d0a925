// Internet addresses and networks. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sockaddr;

namespace mim {

// IPv4 and IPv6 in one form: an IPv4 address is the IPv6 one it is mapped to, so that both are the same.
class IpAddress {
  public:
    // Without brackets, port or zone.
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);
    // None for what is neither AF_INET nor AF_INET6.
    [[nodiscard]] static std::optional<IpAddress> of(const sockaddr& address);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is_ipv4() const;
    // In network order: 4 of an IPv4 address, 16 of any other. Good as long as the address.
    [[nodiscard]] std::span<const std::uint8_t> bytes() const;
    [[nodiscard]] bool is_loopback() const;  // 127.0.0.0/8, ::1
    // Where Linux connects to when it is told this address: the unspecified one leads to the machine itself.
    [[nodiscard]] IpAddress reached() const;
    friend bool operator==(const IpAddress&, const IpAddress&) = default;

  private:
    friend class IpNetwork;
    using Bytes = std::array<std::uint8_t, 16>;
    explicit IpAddress(const Bytes& bytes) : bytes_(bytes) {}
    Bytes bytes_;
};

class IpNetwork {
  public:
    // "10.0.0.0/8", "fd00::/8", or one address.
    [[nodiscard]] static std::optional<IpNetwork> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress& address) const;
    [[nodiscard]] bool contains(const IpNetwork& other) const;

    [[nodiscard]] static IpNetwork of(const IpAddress& address);  // it alone

  private:
    IpNetwork(const IpAddress& base, unsigned bits) : base_(base), bits_(bits) {}
    IpAddress base_;
    unsigned bits_;  // of the 128 that must agree
};

}  // namespace mim
