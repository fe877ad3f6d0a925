// Who a request comes from when proxies stand before this server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"
#include "base/result.hpp"

namespace mim::http {

enum class Scheme { http, https };

// Which header the proxies write. Only that one is believed: another one passes through them as the client
// wrote it.
enum class ForwardedHeader {
    x_forwarded_for,  // with X-Forwarded-Proto
    forwarded,        // RFC 7239
};

struct Sender {
    std::string address;
    Scheme scheme = Scheme::http;
    friend bool operator==(const Sender&, const Sender&) = default;
};

// Header values as they came; several lines of one name are joined by commas.
struct ForwardedLines {
    std::string x_forwarded_for;
    std::string x_forwarded_proto;
    std::string forwarded;
};

// Immutable; thread-safe.
class TrustedProxies {
  public:
    TrustedProxies() = default;  // trusts nobody
    // Networks (`10.0.0.0/8`, `fd00::/8`) and single addresses; invalid_input names the one that is neither.
    [[nodiscard]] static Result<TrustedProxies> create(const std::vector<std::string>& networks,
                                                       ForwardedHeader header);

    [[nodiscard]] bool trusts(std::string_view address) const;
    // The rightmost address on the way here that is no trusted proxy's. What is no address ends the way; an
    // untrusted `peer` is the sender itself, whatever it says.
    [[nodiscard]] Sender sender_of(const Sender& peer, const ForwardedLines& lines) const;

  private:
    std::vector<IpNetwork> networks_;
    ForwardedHeader header_ = ForwardedHeader::x_forwarded_for;
};

// One spelling for each address: IPv4 inside IPv6 as IPv4, without a port. Empty when it is no address.
[[nodiscard]] std::string canonical_address(std::string_view text);

}  // namespace mim::http
