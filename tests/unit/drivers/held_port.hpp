// A port of 127.0.0.1 that stays a test's own, also while nobody listens on it.
#pragma once

#include <cstdint>
#include <stdexcept>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mim {

// The system gives it to nobody else while this lives: to no other listener, and to no outgoing connection as
// its own end. Whoever is told the number may listen on it, end, and listen again, as long as it asks to
// reuse the address, which servers do; in between, a connection is refused.
class HeldPort {
  public:
    HeldPort() {
        const int yes = 1;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const place = reinterpret_cast<sockaddr*>(&address);
        // Bound and never listening: that is what holds it.
        if (::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
            ::bind(socket_, place, size) != 0 || ::getsockname(socket_, place, &size) != 0)
            throw std::runtime_error("no free port");
        number_ = ntohs(address.sin_port);
    }
    ~HeldPort() { ::close(socket_); }
    HeldPort(const HeldPort&) = delete;
    HeldPort& operator=(const HeldPort&) = delete;
    [[nodiscard]] std::uint16_t number() const { return number_; }

  private:
    const int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::uint16_t number_ = 0;
};

}  // namespace mim
