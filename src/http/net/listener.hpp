// Accepts connections and hands them to the I/O threads in turn.
#pragma once

#include <memory>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "http/net/core.hpp"
#include "http/net/io_thread.hpp"

namespace mim::http {

using IoThreads = std::vector<std::unique_ptr<IoThread>>;

class Listener {
  public:
    // Both are borrowed; accepts on the first thread.
    Listener(Core& core, IoThreads& threads)
        : core_(core), threads_(threads), acceptor_(threads.front()->context()) {}

    [[nodiscard]] Done listen();  // binds; blocks for as long as the host's name takes to resolve
    void start();
    void close();  // from another thread: no further connection is accepted
    [[nodiscard]] std::uint16_t port() const { return port_; }

  private:
    enum class Turn { taken, failed, over };

    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<Turn> accept_one();
    boost::asio::awaitable<void> pause();
    [[nodiscard]] IoThread& next_thread();

    Core& core_;
    IoThreads& threads_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    std::size_t turn_ = 0;
};

}  // namespace mim::http
