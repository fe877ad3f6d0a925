#include "sandbox/server.hpp"

#include <future>
#include <mutex>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "sandbox/connection.hpp"
#include "sandbox/feature_version.hpp"
#include "sandbox/instance.hpp"
#include "sandbox/seed.hpp"

namespace mim::sandbox {

namespace asio = boost::asio;
using boost::system::error_code;

// The context comes first and so goes last: timers and sockets of the others need it until then.
struct Server::Running {
    Running(const Settings& settings, Logger& logger)
        : instance(settings, logger, context), acceptor(context), pause(context) {}

    Done listen(const Settings& settings);
    void take(catalog::Catalog seed);
    void accept();
    void run();

    asio::io_context context{1};
    Instance instance;
    asio::ip::tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::uint16_t port = 0;
    std::once_flag stopped;
    std::thread thread;
};

namespace {

Result<asio::ip::address> address_of(const std::string& host) {
    if (host == "localhost") return asio::ip::address(asio::ip::address_v4::loopback());
    error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error) return Error{ErrorCode::invalid_input, "\"" + host + "\" is not an IP address to listen on"};
    return address;
}

Done check_feature_version(const Settings& settings) {
    const auto wanted = settings.first_feature_version();
    if (can_run_with(settings.version, wanted)) return {};
    return Error{ErrorCode::invalid_input, "a server of version " + settings.version.text() +
                                               " does not run with feature compatibility version " +
                                               wanted.text()};
}

}  // namespace

Done Server::Running::listen(const Settings& settings) {
    MIM_TRY(address, address_of(settings.host));
    const asio::ip::tcp::endpoint endpoint(address, settings.port);
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) port = acceptor.local_endpoint(error).port();
    if (error)
        return Error{ErrorCode::invalid_input, "the sandbox cannot listen on " + settings.host + ":" +
                                                   std::to_string(settings.port) + ": " + error.message()};
    instance.port = port;
    return {};
}

void Server::Running::take(catalog::Catalog seed) {
    for (auto& [database, collections] : seed.databases()) {
        for (auto& [name, collection] : collections)
            instance.catalog.databases()[database].insert_or_assign(name, std::move(collection));
    }
    if (seed.deployment() == catalog::Deployment::sharded) instance.catalog.set_deployment(seed.deployment());
}

void Server::Running::accept() {
    acceptor.async_accept([this](const error_code& error, asio::ip::tcp::socket socket) {
        if (error == asio::error::operation_aborted) return;
        if (error) {  // out of file descriptors, most likely: try again when some may have been closed
            pause.expires_after(std::chrono::milliseconds{50});
            pause.async_wait([this](const error_code& cancelled) {
                if (!cancelled) accept();
            });
            return;
        }
        const auto open = static_cast<std::size_t>(*instance.open_connections);
        if (open < instance.settings.most_connections)
            std::make_shared<Connection>(instance, std::move(socket))->start();
        accept();
    });
}

void Server::Running::run() {
    while (!context.stopped()) {
        try {
            context.run();
        } catch (
            const std::exception& bug) {  // one request's bug must not end the sandbox for all the others
            instance.log->error("sandbox_failed", {{"reason", bug.what()}});
        }
    }
}

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Server::~Server() {
    stop();
}

std::uint16_t Server::port() const {
    return running_->port;
}
const std::string& Server::host() const {
    return running_->instance.settings.host;
}

Result<std::unique_ptr<Server>> Server::start(const Settings& settings, Logger& logger,
                                              std::string_view seed) {
    MIM_CHECK(check_feature_version(settings));
    auto running = std::make_unique<Running>(settings, logger);
    if (!seed.empty()) {
        MIM_TRY(parsed, parse_seed(std::string(seed), settings.first_feature_version()));
        running->take(std::move(parsed));
    }
    MIM_CHECK(running->listen(settings));
    running->accept();
    running->thread = std::thread([raw = running.get()] { raw->run(); });
    logger.info("sandbox_started", {{"host", settings.host}, {"port", running->port}});
    return std::unique_ptr<Server>(new Server(std::move(running)));
}

void Server::stop() {
    std::call_once(running_->stopped, [this] {
        running_->context.stop();
        running_->thread.join();
        running_->instance.log->info("sandbox_stopped");
    });
}

Done Server::load_seed(const std::string& json_text) {
    auto& running = *running_;
    MIM_TRY(seed, parse_seed(json_text, running.instance.settings.first_feature_version()));
    const auto loaded = std::make_shared<std::promise<void>>();
    auto finished = loaded->get_future();
    asio::post(running.context, [&running, loaded, seed = std::move(seed)]() mutable {
        running.take(std::move(seed));
        loaded->set_value();
    });
    while (finished.wait_for(std::chrono::milliseconds{100}) != std::future_status::ready) {
        if (running.context.stopped()) return Error{ErrorCode::not_ready, "the sandbox has been stopped"};
    }
    return {};
}

}  // namespace mim::sandbox
