// One connection: requests in, answers out, until one side has had enough.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "http/net/core.hpp"
#include "http/net/io_thread.hpp"

namespace mim::http {

// Starts serving on `home`, whose context `socket` belongs to. Callable on any thread; never blocks, throws
// for want of memory alone. Over the limit of connections the peer gets one 503.
void open_session(Core& core, IoThread& home, boost::asio::ip::tcp::socket socket);

}  // namespace mim::http
