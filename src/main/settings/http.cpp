#include "main/settings/topics.hpp"

namespace mim::main {

void add_http_settings(SettingTable& table, ServeSettings& settings) {
    table.add("--base-path", settings.base_path, "Where the API is mounted");
    table.add_count("--io-threads", settings.io_threads, "Threads that talk to sockets", 1U, 64U);
    table.add_count("--request-threads", settings.request_threads, "Threads that do the work of requests", 1U,
                    1024U);
    table.add_count("--request-queue", settings.request_queue,
                    "Requests that may wait for such a thread; one more is answered 503", 1U, 1'000'000U);
    table.add_count("--max-connections", settings.max_connections,
                    "Connections open at once; one more is answered 503", 1U, 1'000'000U);
    table.add_count("--max-event-streams", settings.max_event_streams, "Event streams open at once", 0U,
                    100'000U);
    table.add_count("--max-body-bytes", settings.max_body_bytes,
                    "Largest request body in bytes; a larger one is answered 413", std::uint64_t{1024},
                    std::uint64_t{1} << 30U);
    table.add_count("--max-header-bytes", settings.max_header_bytes, "Largest request header in bytes", 1024U,
                    1U << 20U);
    table.add_duration("--header-timeout-seconds", settings.header_timeout,
                       "For a request's header to arrive, and for a first one to begin");
    table.add_duration("--body-timeout-seconds", settings.body_timeout, "For a request's body to arrive");
    table.add_duration("--idle-timeout-seconds", settings.idle_timeout,
                       "For the next request of a kept-alive connection to begin");
}

}  // namespace mim::main
