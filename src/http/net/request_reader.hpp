// The incoming half of a connection: one whole request after the other, within the limits of size and time.
// On its connection's thread only.
#pragma once

#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "base/clock.hpp"
#include "http/net/core.hpp"
#include "http/net/message.hpp"
#include "http/net/transport.hpp"

namespace mim::http {

class RequestReader {
  public:
    enum class Arrival {
        whole,      // message() is the request
        gone,       // who vanished, or was too slow, gets no answer
        malformed,  // what came is no request
        header_too_large,
        body_too_large,
        no_room,  // for its body, beside those of others; not a byte of it was read
    };

    // Both are borrowed.
    RequestReader(Core& core, Transport& line) : core_(core), line_(line), body_share_(core.bodies) {}

    // Waits for the next request; forgets the one before.
    [[nodiscard]] boost::asio::awaitable<Arrival> next();

    // The last request, or as much as came of it; null = none was begun.
    [[nodiscard]] Message* message() { return parser_ ? &parser_->get() : nullptr; }
    [[nodiscard]] SteadyTime arrived() const { return arrived_; }  // when its header was there

  private:
    using Failure = boost::system::error_code;

    void begin();
    [[nodiscard]] BodyBudget::Grant take_body_share();
    [[nodiscard]] boost::asio::awaitable<Failure> first_bytes();
    [[nodiscard]] boost::asio::awaitable<Failure> header();
    [[nodiscard]] boost::asio::awaitable<Failure> body();
    [[nodiscard]] Arrival what(Failure failure);

    Core& core_;
    Transport& line_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    BodyShare body_share_;
    SteadyTime arrived_{};
    bool has_spoken_ = false;  // a whole request came
};

}  // namespace mim::http
