// What all sessions share. Outlives them; the figures may be read and changed on any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "http/cross_origin.hpp"
#include "http/dispatcher.hpp"
#include "http/net/tls_contexts.hpp"
#include "http/net/work_pool.hpp"
#include "http/server.hpp"

namespace mim::http {

// What stands between the clients and the routes, made from the settings.
struct Edge {
    CrossOrigin cross_origin;
    TrustedProxies proxies;
    std::unique_ptr<TlsContexts> tls;  // none = plain HTTP
};
[[nodiscard]] Result<Edge> make_edge(const ServerSettings& settings, Logger& log);

class Core {
  public:
    Core(const ServerSettings& settings, Edge edge, const Api& api, Documents documents, Logger& log);

    const ServerSettings settings;
    const Edge edge;
    const Api api;
    const Documents documents;
    Logger& log;
    const Context context;
    const Router router;
    const Dispatcher dispatcher;
    WorkPool pool;
    std::atomic<bool> stopping = false;

    [[nodiscard]] std::size_t connection_opened();  // the number that are open now
    void connection_closed();
    void wait_until_no_connection(std::chrono::milliseconds at_most);

    enum class Slot { taken, none_left };
    [[nodiscard]] Slot take_stream_slot();
    void give_stream_slot_back();
    [[nodiscard]] Slot take_handshake_slot();
    void give_handshake_slot_back();

  private:
    std::mutex mutex_;
    std::condition_variable closed_;
    std::size_t connections_ = 0;
    std::atomic<std::size_t> streams_ = 0;
    std::atomic<std::size_t> handshakes_ = 0;
};

}  // namespace mim::http
