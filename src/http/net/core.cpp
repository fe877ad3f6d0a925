#include "http/net/core.hpp"

namespace mim::http {

Result<Edge> make_edge(const ServerSettings& settings, Logger& log) {
    Edge edge;
    MIM_TRY(cross_origin, CrossOrigin::create(settings.cors_origins));
    edge.cross_origin = std::move(cross_origin);
    MIM_TRY(proxies, TrustedProxies::create(settings.trusted_proxies, settings.forwarded_header));
    edge.proxies = std::move(proxies);
    if (settings.tls.is_on()) {
        MIM_TRY(contexts, TlsContexts::create(settings.tls, log));
        edge.tls = std::move(contexts);
    }
    return edge;
}

namespace {

template <class Value>
void note(std::vector<FieldError>& problems, const Result<Value>& made) {
    if (made) return;
    const Error error = made.error();
    problems.insert(problems.end(), error.fields.begin(), error.fields.end());
}

// A scrape and a health check at a time; a store that does not answer them makes others wait no longer than
// itself.
constexpr std::size_t operations_threads = 2;
constexpr std::size_t operations_queue = 64;

}  // namespace

std::vector<FieldError> setting_problems(const ServerSettings& settings) {
    std::vector<FieldError> problems;
    note(problems, CrossOrigin::create(settings.cors_origins));
    note(problems, TrustedProxies::create(settings.trusted_proxies, settings.forwarded_header));
    if (settings.tls.is_on()) note(problems, TlsContexts::create(settings.tls, silent_logger()));
    return problems;
}

Core::Core(const ServerSettings& wanted, Edge made, const Api& given, Documents rendered, Logger& logger)
    : settings(wanted),
      edge(std::move(made)),
      api(given),
      documents(std::move(rendered)),
      log(logger),
      context{api, documents, log},
      router(routes(), settings.base_paths),
      limits(settings.rates, api.observer, log),
      dispatcher(router, context, limits),
      pool(settings.work_threads, settings.work_queue),
      password_pool(settings.password_threads, settings.password_queue, PoolPriority::low),
      target_pool(settings.work_threads, settings.work_queue, PoolPriority::lowest),
      operations_pool(operations_threads, operations_queue),
      connections({settings.max_connections, settings.max_connections_per_address}, api.observer),
      streams({settings.max_event_streams, settings.max_event_streams_per_user}, api.observer),
      bodies(settings.max_bodies_bytes) {}

Core::Slot Core::take_handshake_slot() {
    if (handshakes_.fetch_add(1) < settings.tls.max_handshakes) return Slot::taken;
    give_handshake_slot_back();
    return Slot::none_left;
}

void Core::give_handshake_slot_back() {
    handshakes_.fetch_sub(1);
}

void Core::rejected(std::string_view reason) const {
    if (api.observer != nullptr) api.observer->on_rejected(reason);
}

}  // namespace mim::http
