// Internet addresses and networks. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace mim::drivers::mongoc {

// IPv4 and IPv6 in one form: an IPv4 address is the IPv6 one it is mapped to, so that both are the same. The
// unspecified address, by which Linux reaches the machine itself, is the loopback one.
class IpAddress {
  public:
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);  // without brackets
    // None for what is neither AF_INET nor AF_INET6.
    [[nodiscard]] static std::optional<IpAddress> of(const sockaddr& address);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is_ipv4() const;
    friend bool operator==(const IpAddress&, const IpAddress&) = default;

  private:
    friend class Network;
    using Bytes = std::array<std::uint8_t, 16>;
    explicit IpAddress(const Bytes& bytes) : bytes_(bytes) {}
    Bytes bytes_;
};

class Network {
  public:
    // "10.0.0.0/8", "fd00::/8", or one address.
    [[nodiscard]] static std::optional<Network> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress& address) const;
    [[nodiscard]] bool contains(const Network& other) const;

  private:
    Network(const IpAddress& base, unsigned bits) : base_(base), bits_(bits) {}
    IpAddress base_;
    unsigned bits_;  // of the 128 that must agree
};

}  // namespace mim::drivers::mongoc
