#include "http/server.hpp"

#include "http/net/listener.hpp"
#include "http/net/log_bug.hpp"
#include "http/openapi/documents.hpp"

namespace mim::http {
namespace {

// For coroutines to see that their connection was closed, after the grace is over.
constexpr std::chrono::milliseconds last_moment{1'000};

IoThreads make_threads(std::size_t count) {
    IoThreads threads;
    for (std::size_t made = 0; made < std::max<std::size_t>(count, 1); ++made) {
        threads.push_back(std::make_unique<IoThread>());
    }
    return threads;
}

}  // namespace

class Server::State {
  public:
    State(const ServerSettings& settings, Edge edge, const Api& api, Logger& log)
        : core_(settings, std::move(edge), api, render_documents(settings.base_paths), log),
          threads_(make_threads(settings.io_threads)),
          listener_(core_, threads_) {}

    Done start() {
        MIM_CHECK(listener_.listen());
        listener_.start();
        for (const auto& thread : threads_) thread->start(LogBug(core_));
        return {};
    }

    void stop(std::chrono::milliseconds grace) {
        if (core_.stopping.exchange(true)) return;
        listener_.close();
        for (const auto& thread : threads_) thread->wind_down_all();
        core_.connections.wait_until_none(grace);
        for (const auto& thread : threads_) thread->close_all();
        core_.pool.stop();
        core_.password_pool.stop();
        core_.target_pool.stop();
        core_.operations_pool.stop();
        core_.connections.wait_until_none(last_moment);
        for (const auto& thread : threads_) thread->join();
    }

    [[nodiscard]] std::uint16_t port() const { return listener_.port(); }

    Done reload_certificate() { return core_.edge.tls ? core_.edge.tls->reload() : Done(); }

  private:
    Core core_;  // outlives the threads and every session on them
    IoThreads threads_;
    Listener listener_;
};

Result<std::unique_ptr<Server>> Server::start(const ServerSettings& settings, const Api& api, Logger& log) {
    MIM_TRY(edge, make_edge(settings, log));
    auto state = std::make_unique<State>(settings, std::move(edge), api, log);
    MIM_CHECK(state->start());
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() {
    stop(std::chrono::milliseconds{0});
}
std::uint16_t Server::port() const {
    return state_->port();
}
Done Server::reload_certificate() {
    return state_->reload_certificate();
}
void Server::stop(std::chrono::milliseconds grace) {
    state_->stop(grace);
}

}  // namespace mim::http
