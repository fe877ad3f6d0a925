#include "drivers/redis/connection.hpp"

#include <array>
#include <cerrno>

#include <sys/socket.h>

namespace mim::redis {
namespace {

constexpr std::size_t read_size = 16 * 1024;

// Redis repeats no password in an error, but it may repeat a name: its first word says enough.
Error refused(std::string_view what, const Reply& reply) {
    return {ErrorCode::not_ready,
            "Redis refuses " + std::string(what) + ": " + reply.text.substr(0, reply.text.find(' '))};
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const Address& address, Deadline deadline) {
    MIM_TRY(socket, Socket::connect(address.host, address.port, deadline));
    std::unique_ptr<Connection> opened(new Connection(std::move(socket)));
    if (address.transport == Transport::tls) {
        MIM_TRY(tls, TlsSession::open(address, opened->socket_, deadline));
        opened->tls_.emplace(std::move(tls));
    }
    MIM_CHECK(opened->sign_in(address, deadline));
    return opened;
}

Done Connection::sign_in(const Address& address, Deadline deadline) {
    if (!address.password.empty()) {
        std::vector<std::string> command{"AUTH"};
        if (!address.user.empty()) command.push_back(address.user);
        command.push_back(address.password.reveal());
        MIM_TRY(reply, run(command, deadline));
        if (reply.kind == Reply::Kind::error) return refused("the user or the password", reply);
    }
    if (address.database != 0) {
        MIM_TRY(reply, run({"SELECT", std::to_string(address.database)}, deadline));
        if (reply.kind == Reply::Kind::error) return refused("the database", reply);
    }
    return {};
}

Result<Reply> Connection::run(const std::vector<std::string>& arguments, Deadline deadline,
                              const Alarm* alarm) {
    MIM_CHECK(write(encode(arguments), deadline));
    std::array<char, read_size> buffer{};
    for (;;) {
        MIM_TRY(reply, reader_.next());
        if (reply) return std::move(*reply);
        MIM_TRY(size, read(buffer.data(), buffer.size(), deadline, alarm));
        reader_.feed({buffer.data(), size});
    }
}

Done Connection::write(std::string_view bytes, Deadline deadline) {
    if (tls_) return tls_->write(bytes, deadline);
    while (!bytes.empty()) {
        const auto written = send(socket_.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
            continue;
        }
        if (errno != EAGAIN && errno != EINTR) return connection_lost();
        MIM_CHECK(socket_.wait(Socket::For::writing, deadline, nullptr));
    }
    return {};
}

Result<std::size_t> Connection::read(char* buffer, std::size_t size, Deadline deadline, const Alarm* alarm) {
    if (tls_) return tls_->read(buffer, size, deadline, alarm);
    for (;;) {
        const auto got = recv(socket_.descriptor(), buffer, size, 0);
        if (got > 0) return static_cast<std::size_t>(got);
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) return connection_lost();
        MIM_CHECK(socket_.wait(Socket::For::reading, deadline, alarm));
    }
}

}  // namespace mim::redis
