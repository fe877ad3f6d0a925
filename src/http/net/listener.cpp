#include "http/net/listener.hpp"

#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/net/log_bug.hpp"
#include "http/net/session.hpp"

namespace mim::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

// Out of descriptors, mostly, or of memory: waiting a little lets others close.
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
    asio::co_spawn(threads_.front()->context(), accept(), LogBug(core_));
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

// What is thrown for one connection, for want of memory, say, ends that one: the next is accepted.
asio::awaitable<void> Listener::accept() {
    const LogBug log_bug(core_);
    Turn last = Turn::taken;
    while (last != Turn::over) {
        try {
            if (last == Turn::failed) co_await pause();
            last = co_await accept_one();
        } catch (...) {
            last = Turn::failed;
            log_bug(std::current_exception());
        }
    }
}

asio::awaitable<Listener::Turn> Listener::accept_one() {
    if (!acceptor_.is_open()) co_return Turn::over;
    IoThread& home = next_thread();
    tcp::socket socket(home.context());
    Failure failure;
    co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, failure));
    if (failure == asio::error::operation_aborted || core_.stopping) co_return Turn::over;
    if (failure) {
        core_.log.warning("http.accept_failed", {{"what", failure.message()}});
        co_return Turn::failed;
    }
    open_session(core_, home, std::move(socket));
    co_return Turn::taken;
}

asio::awaitable<void> Listener::pause() {
    asio::steady_timer timer(acceptor_.get_executor());
    Failure ignored;
    timer.expires_after(pause_after_failure);
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace mim::http
