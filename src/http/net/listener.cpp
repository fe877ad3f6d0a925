#include "http/net/listener.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/net/session.hpp"

namespace mim::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

// Out of descriptors, mostly: waiting a little lets others close.
constexpr std::chrono::milliseconds pause_after_failure{100};

Error cannot_listen(const ServerSettings& settings, const Failure& failure) {
    const bool numeric_v6 = settings.host.find(':') != std::string::npos;
    const std::string host = numeric_v6 ? "[" + settings.host + "]" : settings.host;
    return {ErrorCode::not_ready,
            "cannot listen on " + host + ":" + std::to_string(settings.port) + ": " + failure.message()};
}

}  // namespace

Done Listener::listen() {
    const ServerSettings& settings = core_.settings;
    Failure failure;
    tcp::resolver resolver(acceptor_.get_executor());
    const auto found =
        resolver.resolve(settings.host, std::to_string(settings.port), tcp::resolver::passive, failure);
    if (failure || found.empty()) return cannot_listen(settings, failure);
    const tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor_.open(endpoint.protocol(), failure);
    if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
    if (!failure) acceptor_.bind(endpoint, failure);
    if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
    if (failure) return cannot_listen(settings, failure);
    port_ = acceptor_.local_endpoint(failure).port();
    return {};
}

void Listener::start() {
    asio::co_spawn(threads_.front()->context(), accept(), asio::detached);
}

void Listener::close() {
    asio::post(threads_.front()->context(), [this] {
        Failure ignored;
        acceptor_.close(ignored);
    });
}

IoThread& Listener::next_thread() {
    return *threads_[turn_++ % threads_.size()];
}

// Nothing in here throws but for want of memory.
asio::awaitable<void> Listener::accept() {
    asio::steady_timer pause(acceptor_.get_executor());
    while (acceptor_.is_open()) {
        IoThread& home = next_thread();
        tcp::socket socket(home.context());
        Failure failure;
        co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, failure));
        if (failure == asio::error::operation_aborted || core_.stopping) break;
        if (!failure) {
            open_session(core_, home, std::move(socket));
            continue;
        }
        core_.log.warning("http.accept_failed", {{"what", failure.message()}});
        pause.expires_after(pause_after_failure);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failure));
    }
}

}  // namespace mim::http
