// What a server is told before it starts, with its defaults, and what of it cannot work.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "http/forwarded.hpp"
#include "http/limits/rates.hpp"
#include "http/tls_settings.hpp"

namespace mim::http {

inline constexpr const char* default_base_path = "/api/v1";
inline constexpr const char* older_base_path = "/api/doctor-manager-api/v1";  // always served, too

struct ServerSettings {
    std::string host = "127.0.0.1";                                           // a name or an address
    std::uint16_t port = 8080;                                                // 0 = any free one
    std::vector<std::string> base_paths{default_base_path, older_base_path};  // the first is documented

    TlsSettings tls;                           // without files: plain HTTP
    std::vector<std::string> cors_origins;     // web origins whose pages may use the API
    std::vector<std::string> trusted_proxies;  // networks whose forwarded headers are believed
    ForwardedHeader forwarded_header = ForwardedHeader::x_forwarded_for;

    std::size_t io_threads = 1;
    std::size_t work_threads = 32;        // requests that block at the same time: in a store or a target
    std::size_t work_queue = 1'024;       // requests waiting for one of them; more get 503
    std::size_t password_threads = 4;     // requests that hash a password at the same time
    std::size_t password_queue = 256;     // of those waiting; more get 503
    std::size_t max_connections = 4'096;  // more get 503 and are closed
    std::size_t max_connections_per_address = 2'048;  // the same
    std::size_t max_event_streams = 256;              // more get 503
    std::size_t max_event_streams_per_user = 64;      // more get 429
    RequestRates rates;                               // more get 429
    std::size_t max_header_bytes = 8'192;
    std::size_t max_body_bytes = 1'048'576;
    std::size_t max_bodies_bytes = 67'108'864;  // of all bodies above 16 KiB at a time; one more gets 503

    // From a request's first byte to the end of its header; and from the connection to its first byte.
    std::chrono::milliseconds header_timeout{10'000};
    std::chrono::milliseconds body_timeout{30'000};
    std::chrono::milliseconds idle_timeout{75'000};  // between two requests of a connection
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds event_interval{300};  // how often a stream looks for a change
    std::chrono::milliseconds event_keep_alive{15'000};
};

// What a start would refuse before it listens, each under the name of its setting; empty = fine. Reads
// the files that are named, opens nothing else.
[[nodiscard]] std::vector<FieldError> setting_problems(const ServerSettings& settings);

}  // namespace mim::http
