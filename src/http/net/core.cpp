#include "http/net/core.hpp"

namespace mim::http {

Result<Edge> make_edge(const ServerSettings& settings, Logger& log) {
    Edge edge;
    MIM_TRY(cross_origin, CrossOrigin::create(settings.cors_origins));
    edge.cross_origin = std::move(cross_origin);
    MIM_TRY(proxies, TrustedProxies::create(settings.trusted_proxies, settings.forwarded_header));
    edge.proxies = std::move(proxies);
    if (settings.tls) {
        MIM_TRY(contexts, TlsContexts::create(*settings.tls, log));
        edge.tls = std::move(contexts);
    }
    return edge;
}

Core::Core(const ServerSettings& wanted, Edge made, const Api& given, Documents rendered, Logger& logger)
    : settings(wanted),
      edge(std::move(made)),
      api(given),
      documents(std::move(rendered)),
      log(logger),
      context{api, documents, log},
      router(routes(), settings.base_paths),
      dispatcher(router, context),
      pool(settings.work_threads, settings.work_queue) {}

std::size_t Core::connection_opened() {
    const std::lock_guard lock(mutex_);
    ++connections_;
    if (api.observer != nullptr) api.observer->on_connections(connections_);
    return connections_;
}

void Core::connection_closed() {
    const std::lock_guard lock(mutex_);
    --connections_;
    if (api.observer != nullptr) api.observer->on_connections(connections_);
    if (connections_ == 0) closed_.notify_all();
}

void Core::wait_until_no_connection(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    closed_.wait_for(lock, at_most, [this] { return connections_ == 0; });
}

Core::Slot Core::take_stream_slot() {
    std::size_t open = streams_.load();
    do {
        if (open >= settings.max_event_streams) return Slot::none_left;
    } while (!streams_.compare_exchange_weak(open, open + 1));
    if (api.observer != nullptr) api.observer->on_event_streams(open + 1);
    return Slot::taken;
}

Core::Slot Core::take_handshake_slot() {
    if (handshakes_.fetch_add(1) < settings.tls->max_handshakes) return Slot::taken;
    give_handshake_slot_back();
    return Slot::none_left;
}

void Core::give_handshake_slot_back() {
    handshakes_.fetch_sub(1);
}

void Core::give_stream_slot_back() {
    const std::size_t before = streams_.fetch_sub(1);
    if (api.observer != nullptr) api.observer->on_event_streams(before - 1);
}

}  // namespace mim::http
