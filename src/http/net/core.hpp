// What all sessions share. Outlives them; the figures may be read and changed on any thread.
#pragma once

#include <atomic>

#include "http/cross_origin.hpp"
#include "http/dispatcher.hpp"
#include "http/net/body_budget.hpp"
#include "http/net/connection_ledger.hpp"
#include "http/net/stream_ledger.hpp"
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
    RequestLimits limits;
    const Dispatcher dispatcher;
    WorkPool pool;
    WorkPool password_pool;
    WorkPool target_pool;
    WorkPool operations_pool;
    ConnectionLedger connections;
    StreamLedger streams;
    BodyBudget bodies;
    std::atomic<bool> stopping = false;

    void rejected(std::string_view reason) const;  // to the observer
    [[nodiscard]] WorkPool& pool_for(const Route& route) {
        if (route.where == Where::operations_pool) return operations_pool;
        if (route.where == Where::target_pool) return target_pool;
        return route.where == Where::password_pool ? password_pool : pool;
    }

    enum class Slot { taken, none_left };
    [[nodiscard]] Slot take_handshake_slot();
    void give_handshake_slot_back();

  private:
    std::atomic<std::size_t> handshakes_ = 0;
};

}  // namespace mim::http
