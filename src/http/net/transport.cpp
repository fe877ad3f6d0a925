#include "http/net/transport.hpp"

#include <array>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <netinet/tcp.h>

#include "http/net/session_work.hpp"

namespace mim::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

// What a refused sender may still have under way, and how long we listen to it, so that it reads our answer
// before its connection is reset.
constexpr std::size_t drain_limit = 64UL * 1024 * 1024;
constexpr std::chrono::milliseconds drain_timeout{2'000};
constexpr std::size_t scratch_size = 16UL * 1024;
// What the kernel holds for a peer that does not read, beside what is on its way to it. Without a limit it
// takes megabytes for each of them.
using UnsentLimit = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
constexpr int unsent_limit = 128 * 1024;

}  // namespace

void Transport::open() {
    Failure ignored;
    socket().set_option(tcp::no_delay(true), ignored);
    socket().set_option(UnsentLimit(unsent_limit), ignored);
    socket().non_blocking(true, ignored);
    const auto peer = socket().remote_endpoint(ignored);
    peer_.address = canonical_address(peer.address().to_string());
    if (core_.edge.tls) peer_.scheme = Scheme::https;
}

void Transport::close() {
    Failure ignored;
    socket().close(ignored);
}

std::string_view Transport::take_lateness() {
    deadline_ = SteadyTime::max();
    return std::exchange(lateness_, {});
}

void Transport::set_phase(Phase phase, std::chrono::milliseconds patience, std::string_view lateness) {
    phase_ = phase;
    lateness_ = lateness;
    deadline_ = std::chrono::steady_clock::now() + patience;
}

void Transport::wait_without_deadline(Phase phase) {
    phase_ = phase;
    deadline_ = SteadyTime::max();
}

asio::awaitable<bool> Transport::secure() {
    if (!core_.edge.tls) co_return true;
    const HandshakeSlot slot(core_);
    if (!slot.taken()) {
        core_.log.debug("tls.too_many_handshakes", {{"from", peer_.address}});
        co_return false;
    }
    set_phase(Phase::busy, core_.settings.tls.handshake_timeout, "handshake_timeout");
    const std::shared_ptr<asio::ssl::context> context = core_.edge.tls->current();
    Stream::Tls& tls = stream_.begin_tls(*context);
    Failure failure;
    co_await tls.async_handshake(asio::ssl::stream_base::server,
                                 asio::redirect_error(asio::use_awaitable, failure));
    if (failure) {
        core_.log.debug("tls.handshake_failed", {{"from", peer_.address}, {"what", failure.message()}});
        stream_.abandon_tls();
    }
    co_return !failure;
}

asio::awaitable<bool> Transport::send(const std::string& bytes) {
    set_phase(Phase::busy, core_.settings.write_timeout, "write_timeout");
    Failure failure;
    co_await asio::async_write(stream_, asio::buffer(bytes),
                               asio::redirect_error(asio::use_awaitable, failure));
    wait_without_deadline(Phase::busy);
    co_return !failure;
}

// Whoever listens has nothing more to say but goodbye, and through TLS it says that in bytes: these are read.
asio::awaitable<bool> Transport::peer_is_gone() {
    std::array<char, 1> peeked{};
    Failure failure;
    socket().receive(asio::buffer(peeked), tcp::socket::message_peek, failure);
    if (failure == asio::error::would_block || failure == asio::error::try_again) co_return false;
    if (failure || !stream_.is_tls()) co_return failure.failed();
    set_phase(Phase::busy, core_.settings.header_timeout);
    std::string scratch(scratch_size, '\0');
    co_await stream_.async_read_some(asio::buffer(scratch),
                                     asio::redirect_error(asio::use_awaitable, failure));
    wait_without_deadline(Phase::busy);
    co_return failure.failed();
}

asio::awaitable<void> Transport::part(Rest rest) {
    Failure failure;
    if (stream_.is_tls()) {
        set_phase(Phase::busy, drain_timeout);
        co_await stream_.tls().async_shutdown(asio::redirect_error(asio::use_awaitable, failure));
    }
    socket().shutdown(tcp::socket::shutdown_send, failure);
    if (rest == Rest::drained && !failure) co_await drain();
    close();
}

asio::awaitable<void> Transport::drain() {
    set_phase(Phase::busy, drain_timeout);
    std::string scratch(scratch_size, '\0');
    Failure failure;
    std::size_t drained = 0;
    while (!failure && drained < drain_limit) {
        const std::size_t read = co_await socket().async_read_some(
            asio::buffer(scratch), asio::redirect_error(asio::use_awaitable, failure));
        drained += read;
    }
}

}  // namespace mim::http
