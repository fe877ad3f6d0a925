#include "http/net/core.hpp"

namespace mim::http {

Core::Core(const ServerSettings& wanted, const Api& given, Documents rendered, Logger& logger)
    : settings(wanted),
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

void Core::give_stream_slot_back() {
    const std::size_t before = streams_.fetch_sub(1);
    if (api.observer != nullptr) api.observer->on_event_streams(before - 1);
}

}  // namespace mim::http
