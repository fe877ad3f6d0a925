#include "scripted_server.hpp"

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.hpp"

namespace mim::fuzz {

ScriptedServer::ScriptedServer()
    : listener_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
      wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&place);
    socklen_t size = sizeof place;
    must(bind(listener_, generic, size) == 0 && listen(listener_, 64) == 0, "a port is free");
    must(getsockname(listener_, generic, &size) == 0, "the port has a number");
    address_ = "127.0.0.1:" + std::to_string(ntohs(place.sin_port));
    thread_ = std::thread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
    {
        const std::scoped_lock lock(mutex_);
        over_ = true;
    }
    eventfd_write(wake_, 1);
    thread_.join();
    for (const auto& [connection, received] : received_) close(connection);
    close(listener_);
    close(wake_);
}

void ScriptedServer::play(std::span<const std::uint8_t> script) {
    const std::scoped_lock lock(mutex_);
    for (const auto& [connection, received] : received_) close(connection);
    received_.clear();
    script_.begin(script);
    eventfd_write(wake_, 1);
}

void ScriptedServer::serve() {
    for (;;) {
        std::vector<pollfd> watched{{listener_, POLLIN, 0}, {wake_, POLLIN, 0}};
        {
            const std::scoped_lock lock(mutex_);
            if (over_) return;
            for (const auto& [connection, received] : received_) watched.push_back({connection, POLLIN, 0});
        }
        poll(watched.data(), watched.size(), -1);
        eventfd_t woken = 0;
        eventfd_read(wake_, &woken);
        const std::scoped_lock lock(mutex_);
        accept_all();
        for (auto at = received_.begin(); at != received_.end();) {
            const auto current = at++;
            if (answer(current->first, current->second)) continue;
            close(current->first);
            received_.erase(current);
        }
    }
}

void ScriptedServer::accept_all() {
    for (;;) {
        const int connection = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (connection < 0) return;
        const int on = 1;
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        received_.emplace(connection, std::vector<std::uint8_t>());
    }
}

bool ScriptedServer::answer(int connection, std::vector<std::uint8_t>& received) {
    std::array<std::uint8_t, 16'384> piece{};
    const ssize_t count = recv(connection, piece.data(), piece.size(), 0);
    if (count < 0) return errno == EAGAIN;
    if (count == 0) return false;
    received.insert(received.end(), piece.begin(), piece.begin() + count);
    while (received.size() >= 16) {
        static_assert(std::endian::native == std::endian::little);
        std::int32_t length = 0;
        std::memcpy(&length, received.data(), sizeof length);
        const auto whole = static_cast<std::size_t>(length);
        must(length >= 16, "a request is longer than its header");
        if (received.size() < whole) return true;
        const auto bytes = scripted_answer(std::span(received).first(whole), address_, script_);
        received.erase(received.begin(), received.begin() + length);
        if (bytes.empty() || send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) return false;
    }
    return true;
}

}  // namespace mim::fuzz
