// The bytes of one connection, in the clear or through TLS. What Asio and Beast call an asynchronous stream;
// in the clear it costs one comparison a call. On its connection's thread only.
#pragma once

#include <memory>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace mim::http {

class Stream {
  public:
    using Socket = boost::asio::ip::tcp::socket;
    using executor_type = Socket::executor_type;  // the name that Asio asks for
    using Tls = boost::asio::ssl::stream<Socket&>;

    explicit Stream(Socket socket) : socket_(std::move(socket)) {}
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    [[nodiscard]] executor_type get_executor() { return socket_.get_executor(); }
    [[nodiscard]] Socket& socket() { return socket_; }

    // From here on TLS: the handshake is next. The context may go once this has returned.
    Tls& begin_tls(boost::asio::ssl::context& context) {
        tls_ = std::make_unique<Tls>(socket_, context);
        return *tls_;
    }
    // After a handshake that failed: what is left is the bare socket.
    void abandon_tls() { tls_.reset(); }
    [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }
    [[nodiscard]] Tls& tls() { return *tls_; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        if (tls_) return tls_->async_read_some(buffers, std::forward<Token>(token));
        return socket_.async_read_some(buffers, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        if (tls_) return tls_->async_write_some(buffers, std::forward<Token>(token));
        return socket_.async_write_some(buffers, std::forward<Token>(token));
    }

  private:
    Socket socket_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace mim::http
