#include "drivers/mongoc/socket_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include <sys/socket.h>

namespace mim::drivers::mongoc {

SocketStream::SocketStream(Socket socket) : mongoc_stream_t{}, socket_(std::move(socket)) {
    type = 0x6d6901;  // none of libmongoc's
    destroy = [](mongoc_stream_t* stream) { delete static_cast<SocketStream*>(stream); };
    failed = destroy;
    close = [](mongoc_stream_t* stream) {
        of(stream).socket_ = Socket();
        return 0;
    };
    flush = [](mongoc_stream_t*) { return 0; };
    readv = [](mongoc_stream_t* stream, mongoc_iovec_t* parts, std::size_t count, std::size_t, std::int32_t) {
        return of(stream).read(parts, count);
    };
    writev = [](mongoc_stream_t* stream, mongoc_iovec_t* parts, std::size_t count, std::int32_t) {
        return of(stream).write(parts, count);
    };
    check_closed = [](mongoc_stream_t* stream) { return of(stream).has_ended(); };
    timed_out = [](mongoc_stream_t* stream) { return of(stream).last_error_ == ETIMEDOUT; };
    should_retry = [](mongoc_stream_t* stream) {
        const int error = of(stream).last_error_;
        return error == EAGAIN || error == EINTR;
    };
}

ssize_t SocketStream::read(mongoc_iovec_t* parts, std::size_t count) {
    msghdr message{};
    message.msg_iov = reinterpret_cast<iovec*>(parts);
    message.msg_iovlen = count;
    const ssize_t got = recvmsg(socket_.descriptor(), &message, MSG_DONTWAIT);
    last_error_ = got < 0 ? errno : 0;
    return got;
}

bool SocketStream::wait_to_write() {
    using namespace std::chrono;
    const auto left = duration_cast<milliseconds>(write_until_ - steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd asked{socket_.descriptor(), POLLOUT, 0};
    return ::poll(&asked, 1, static_cast<int>(std::min<long>(left, 60'000))) >= 0;
}

ssize_t SocketStream::write(const mongoc_iovec_t* parts, std::size_t count) {
    ssize_t written = 0;
    for (std::size_t at = 0; at < count; ++at) {
        const auto* bytes = static_cast<const char*>(parts[at].iov_base);
        std::size_t left = parts[at].iov_len;
        while (left > 0) {
            const ssize_t sent = send(socket_.descriptor(), bytes, left, MSG_DONTWAIT | MSG_NOSIGNAL);
            last_error_ = sent < 0 ? errno : 0;
            if (sent < 0 && last_error_ == EINTR) continue;
            if (sent < 0 && last_error_ == EAGAIN) {
                if (wait_to_write()) continue;
                last_error_ = errno = ETIMEDOUT;
            }
            if (sent < 0) return -1;
            bytes += sent;
            left -= static_cast<std::size_t>(sent);
            written += sent;
        }
    }
    return written;
}

bool SocketStream::has_ended() const {
    char byte = 0;
    const ssize_t got = recv(socket_.descriptor(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

}  // namespace mim::drivers::mongoc
