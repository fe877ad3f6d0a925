// An event stream on its way to one client: asks the source again and again, and passes on what it says. On
// its connection's thread only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http/net/core.hpp"
#include "http/net/io_thread.hpp"
#include "http/net/transport.hpp"
#include "http/net/wire.hpp"

namespace mim::http {

class EventFeed {
  public:
    // All are borrowed.
    EventFeed(Core& core, IoThread& home, Transport& line)
        : core_(core), home_(home), line_(line), pause_(home.context()) {}

    // After the head was sent: until the source ends, the peer goes or the server stops.
    [[nodiscard]] boost::asio::awaitable<void> run(EventSource& events, Framing framing);
    // Ends the pause between two questions.
    void wake() { pause_.cancel(); }

  private:
    Core& core_;
    IoThread& home_;
    Transport& line_;
    boost::asio::steady_timer pause_;
};

}  // namespace mim::http
