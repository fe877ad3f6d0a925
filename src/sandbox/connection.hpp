// One client's socket: reads a message, has it answered, writes the reply, reads the next. Malformed input,
// and a fail point that says so, close it. Memory: one message at most, grown as its bytes arrive.
#pragma once

#include <memory>
#include <vector>

#include <boost/asio/ip/tcp.hpp>

#include "sandbox/instance.hpp"
#include "sandbox/request.hpp"
#include "sandbox/wire/message.hpp"

namespace mim::sandbox {

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(Instance& instance, boost::asio::ip::tcp::socket socket);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Lives on by itself from here, until the client goes or is sent away.
    void start();

  private:
    void read_header();
    void read_body(std::size_t length, std::size_t have);
    void handle();
    void answer(const wire::Message& question, std::optional<bson::Document> reply);
    void close_malformed(const Error& error);

    Instance* instance_;
    boost::asio::ip::tcp::socket socket_;
    std::shared_ptr<std::int64_t> open_connections_;
    std::shared_ptr<Client> client_ = std::make_shared<Client>();
    std::vector<std::uint8_t> input_;
    std::vector<std::uint8_t> output_;
};

}  // namespace mim::sandbox
