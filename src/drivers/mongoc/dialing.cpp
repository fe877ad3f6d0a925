#include "drivers/mongoc/dialing.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

namespace mim::drivers::mongoc {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_starts{250};  // as in RFC 8305

std::string text_of(int number) {
    if (number == ECONNREFUSED) return "connection refused";
    return std::generic_category().message(number);
}

void set(int socket, int level, int option, int value) {
    static_cast<void>(setsockopt(socket, level, option, &value, sizeof value));
}

// As libmongoc sets its own.
void prepare(int socket, int family) {
    if (family == AF_UNIX) return;
    set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(socket, IPPROTO_TCP, TCP_KEEPIDLE, 120);
    set(socket, IPPROTO_TCP, TCP_KEEPINTVL, 10);
    set(socket, IPPROTO_TCP, TCP_KEEPCNT, 9);
}

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

Socket::~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
}

int Socket::release() {
    return std::exchange(descriptor_, -1);
}

void Dialing::start_next() {
    const Endpoint& endpoint = endpoints_[next_++];
    next_start_ = Clock::now() + between_starts;
    const int family = endpoint.generic().sa_family;
    Socket socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket.descriptor() < 0) {
        reason_ = text_of(errno);
        return;
    }
    prepare(socket.descriptor(), family);
    if (connect(socket.descriptor(), &endpoint.generic(), endpoint.length) == 0) {
        connected_ = std::move(socket);
        return;
    }
    if (errno != EINPROGRESS) {
        reason_ = text_of(errno);
        return;
    }
    open_.push_back(std::move(socket));
}

// True when this one is connected; one that failed is closed.
bool Dialing::settle(std::size_t at) {
    pollfd asked{open_[at].descriptor(), POLLOUT, 0};
    if (poll(&asked, 1, 0) <= 0) return false;
    int failed = 0;
    socklen_t size = sizeof failed;
    static_cast<void>(getsockopt(asked.fd, SOL_SOCKET, SO_ERROR, &failed, &size));
    if (failed == 0) {
        connected_ = std::move(open_[at]);
        return true;
    }
    reason_ = text_of(failed);
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
    return false;
}

Dialing::Outcome Dialing::advance() {
    for (;;) {
        for (std::size_t at = open_.size(); at > 0 && connected_.descriptor() < 0; --at)
            static_cast<void>(settle(at - 1));
        if (connected_.descriptor() >= 0) {
            open_.clear();
            return Outcome::connected;
        }
        const bool more = next_ < endpoints_.size();
        if (more && (open_.empty() || Clock::now() >= next_start_)) {
            start_next();
            continue;
        }
        return open_.empty() ? Outcome::failed : Outcome::pending;
    }
}

void Dialing::wants(std::vector<pollfd>& descriptors) const {
    for (const Socket& each : open_) descriptors.push_back({each.descriptor(), POLLOUT, 0});
}

std::optional<Clock::time_point> Dialing::wakes_at() const {
    return next_ < endpoints_.size() ? std::optional(next_start_) : std::nullopt;
}

}  // namespace mim::drivers::mongoc
