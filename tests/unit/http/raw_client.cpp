#include "unit/http/raw_client.hpp"

#include <array>
#include <cctype>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mim::http {
namespace {

constexpr int patience_ms = 10'000;

}  // namespace

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect");
    }
}

RawClient::~RawClient() {
    ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::finish_sending() {
    ::shutdown(socket_, SHUT_WR);
}

bool RawClient::fill() {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, patience_ms) != 1) return false;
    std::array<char, 65536> bytes{};
    const ssize_t read = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (read <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(read));
    return true;
}

std::string RawClient::read_until(std::string_view mark) {
    while (buffer_.find(mark) == std::string::npos) {
        if (!fill()) return std::exchange(buffer_, {});
    }
    const std::size_t end = buffer_.find(mark) + mark.size();
    std::string text = buffer_.substr(0, end);
    buffer_.erase(0, end);
    return text;
}

std::string RawClient::read_to_end() {
    while (fill()) {
    }
    return std::exchange(buffer_, {});
}

bool RawClient::is_closed() {
    if (!buffer_.empty()) return false;
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, patience_ms) != 1) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) <= 0;
}

std::optional<RawResponse> RawClient::read_head() {
    const std::string head = read_until("\r\n\r\n");
    if (!head.ends_with("\r\n\r\n") || !head.starts_with("HTTP/1.1 ")) return std::nullopt;
    RawResponse response;
    response.status = static_cast<unsigned>(std::stoul(head.substr(9, 3)));
    std::size_t at = head.find("\r\n") + 2;
    while (at + 2 < head.size()) {
        const std::size_t end = head.find("\r\n", at);
        const std::size_t colon = head.find(": ", at);
        std::string name = head.substr(at, colon - at);
        for (char& letter : name)
            letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        response.headers[name] = head.substr(colon + 2, end - colon - 2);
        at = end + 2;
    }
    return response;
}

std::optional<RawResponse> RawClient::read_response() {
    auto response = read_head();
    if (!response) return std::nullopt;
    const auto length = response->headers.find("content-length");
    const std::size_t size = length == response->headers.end() ? 0 : std::stoul(length->second);
    while (buffer_.size() < size) {
        if (!fill()) return std::nullopt;
    }
    response->body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return response;
}

std::optional<RawResponse> RawClient::exchange(std::string_view method, std::string_view path,
                                               std::string_view body, std::string_view headers) {
    std::string text = std::string(method) + " " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n";
    text.append(headers);
    if (!body.empty()) {
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    }
    text.append("\r\n").append(body);
    if (!send(text)) return std::nullopt;
    return method == "HEAD" ? read_head() : read_response();
}

}  // namespace mim::http
