#include "drivers/redis/socket.hpp"

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mim::redis {
namespace {

struct FreeAddresses {
    void operator()(addrinfo* addresses) const { freeaddrinfo(addresses); }
};

Error not_reached(const std::string& why) {
    return {ErrorCode::not_ready, "Redis cannot be reached: " + why};
}

// The cause of a failed connect, once the socket is writable.
int failure_of(int descriptor) {
    int failure = 0;
    socklen_t size = sizeof failure;
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 ? failure : errno;
}

}  // namespace

Error connection_lost() {
    return {ErrorCode::not_ready, "the connection to Redis broke"};
}

Socket::~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
}

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Result<Socket> Socket::connect(const std::string& host, std::uint16_t port, Deadline deadline) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int failure = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &list);
    if (failure != 0) return not_reached(gai_strerror(failure));
    const std::unique_ptr<addrinfo, FreeAddresses> owned(list);
    Error last = not_reached("its name has no address");
    for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
        Socket socket(::socket(one->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (socket.descriptor_ < 0) return not_reached(std::generic_category().message(errno));
        const int at_once = 1;
        setsockopt(socket.descriptor_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        setsockopt(socket.descriptor_, SOL_SOCKET, SO_KEEPALIVE, &at_once, sizeof at_once);
        int refusal = ::connect(socket.descriptor_, one->ai_addr, one->ai_addrlen) == 0 ? 0 : errno;
        if (refusal == EINPROGRESS) {
            MIM_CHECK(socket.wait(For::writing, deadline, nullptr));
            refusal = failure_of(socket.descriptor_);
        }
        if (refusal == 0) return socket;
        last = not_reached(std::generic_category().message(refusal));
    }
    return last;
}

Done Socket::wait(For what, Deadline deadline, const Alarm* alarm) const {
    const auto events = static_cast<short>(what == For::reading ? POLLIN : POLLOUT);
    for (;;) {
        // A negative descriptor is passed over by poll.
        std::array<pollfd, 2> waited{
            {{descriptor_, events, 0}, {alarm ? alarm->descriptor() : -1, POLLIN, 0}}};
        // One more, so that less than a millisecond does not become a loop without any wait.
        const int ready = poll(waited.data(), waited.size(), static_cast<int>(deadline.left().count()) + 1);
        if (waited[1].revents != 0) return Error(ErrorCode::cancelled, "interrupted");
        if (ready > 0) return {};
        if (ready < 0 && errno != EINTR) return connection_lost();
        if (deadline.passed()) return Error(ErrorCode::not_ready, "Redis did not answer in time");
    }
}

bool Socket::quiet() const {
    pollfd one{descriptor_, POLLIN, 0};
    return poll(&one, 1, 0) == 0;
}

}  // namespace mim::redis
