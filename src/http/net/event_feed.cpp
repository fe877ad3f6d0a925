#include "http/net/event_feed.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/net/offload.hpp"
#include "http/net/session_work.hpp"

namespace mim::http {
namespace {

namespace asio = boost::asio;

constexpr std::string_view keep_alive_comment = ": keep-alive\n\n";

}  // namespace

asio::awaitable<void> EventFeed::run(EventSource& events, Framing framing) {
    PollEvents poll(events);
    SteadyTime last_word = std::chrono::steady_clock::now();
    bool fine = true, at_end = false;
    while (fine && !at_end && !core_.stopping) {
        const bool gone = co_await line_.peer_is_gone();
        if (gone) break;
        const Hop hop = co_await offload(core_.pool, home_.context(), poll);
        std::string text = hop == Hop::done ? poll.batch().text : std::string();
        at_end = hop == Hop::done && poll.batch().then == EventSource::Then::end;
        const SteadyTime now = std::chrono::steady_clock::now();
        if (text.empty() && now - last_word >= core_.settings.event_keep_alive) text = keep_alive_comment;
        if (!text.empty()) {
            last_word = now;
            if (framing == Framing::chunked) text = chunk(text);
            fine = co_await line_.send(text);
        }
        if (at_end || core_.stopping) continue;
        boost::system::error_code ignored;
        pause_.expires_after(core_.settings.event_interval);
        co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    if (!fine || framing != Framing::chunked) co_return;
    const std::string end(last_chunk);
    co_await line_.send(end);
}

}  // namespace mim::http
