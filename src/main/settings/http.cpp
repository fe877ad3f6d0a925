#include "main/settings/topics.hpp"

namespace mim::main {
namespace {

// The older path is served beside whatever is chosen.
void add_base_path(SettingTable& table, http::ServerSettings& settings) {
    const auto take = [&settings](const std::string& path) {
        if (!path.empty() && (path.front() != '/' || path.back() == '/')) return false;
        settings.base_paths = {path};
        if (path != http::older_base_path) settings.base_paths.emplace_back(http::older_base_path);
        return true;
    };
    table
        .add_other("--base-path", "PATH", "a path that begins with / and does not end with one",
                   "Where the API is mounted", take)
        .default_text = settings.base_paths.front();
}

}  // namespace

void add_http_settings(SettingTable& table, ServeSettings& settings) {
    http::ServerSettings& http = settings.http;
    add_base_path(table, http);
    table.add_count("--io-threads", http.io_threads, "Threads that talk to sockets", 1, 64);
    table.add_count("--request-threads", http.work_threads, "Threads that do the work of requests", 1, 1024);
    table.add_count("--request-queue", http.work_queue,
                    "Requests that may wait for such a thread; one more is answered 503", 1, 1'000'000);
    table.add_count("--max-connections", http.max_connections,
                    "Connections open at once; one more is answered 503", 1, 1'000'000);
    table.add_count("--max-event-streams", http.max_event_streams, "Event streams open at once", 0, 100'000);
    table.add_count("--max-body-bytes", http.max_body_bytes,
                    "Largest request body in bytes; a larger one is answered 413", 1024, 1U << 30);
    table.add_count("--max-header-bytes", http.max_header_bytes, "Largest request header in bytes", 1024,
                    1U << 20);
    table.add_seconds("--header-timeout-seconds", http.header_timeout,
                      "For a request's header to arrive, and for a first one to begin");
    table.add_seconds("--body-timeout-seconds", http.body_timeout, "For a request's body to arrive");
    table.add_seconds("--idle-timeout-seconds", http.idle_timeout,
                      "For the next request of a kept-alive connection to begin");
}

}  // namespace mim::main
