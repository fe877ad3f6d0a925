// Whole connections to a real server: whatever is sent, it answers in HTTP or hangs up, and never with a 500.
#include <array>
#include <charconv>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.hpp"
#include "http/server.hpp"
#include "service.hpp"

namespace {

using mim::fuzz::must;

struct Running {
    mim::fuzz::Service service;
    std::unique_ptr<mim::http::Server> server;

    Running() {
        mim::http::ServerSettings settings;
        settings.port = 0;
        settings.work_threads = 2;
        settings.max_body_bytes = 2'048;
        settings.cors_origins = {"https://a.example"};
        settings.trusted_proxies = {"127.0.0.0/8"};
        server = mim::http::Server::start(settings, service.api(), mim::silent_logger()).value();
    }
};

class Connection {
  public:
    explicit Connection(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        // Reset at the end, or thousands of connections a second would use up the ports.
        const linger at_once{1, 0};
        setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        must(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "connects");
    }
    ~Connection() { close(socket_); }

    std::string exchange(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) break;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        shutdown(socket_, SHUT_WR);
        std::string answer;
        std::array<char, 16'384> piece{};
        for (ssize_t got = 0; (got = recv(socket_, piece.data(), piece.size(), 0)) > 0;) {
            answer.append(piece.data(), static_cast<std::size_t>(got));
        }
        return answer;
    }

  private:
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Running running;
    const std::string sent =
        mim::fuzz::filled_in(mim::fuzz::text_of(data, size), "TOKEN", running.service.token());
    const std::string answer = Connection(running.server->port()).exchange(sent);
    must(answer.empty() || answer.starts_with("HTTP/1.1 "), "an answer is HTTP", answer);
    must(!answer.starts_with("HTTP/1.1 500"), "no internal error", answer);
    return 0;
}
