// How the API meets the world: its certificate, the proxies before it, the web pages that may use it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "http/forwarded.hpp"

namespace mim::main {

struct TlsSettings {
    std::filesystem::path certificate;  // empty = plain HTTP
    std::filesystem::path key;
    std::chrono::seconds handshake_timeout{5};
    unsigned max_handshakes = 512;
    [[nodiscard]] bool is_on() const { return !certificate.empty() || !key.empty(); }
};

struct WebSettings {
    std::vector<std::string> trusted_proxies;
    http::ForwardedHeader forwarded_header = http::ForwardedHeader::x_forwarded_for;
    std::vector<std::string> cors_origins;
};

}  // namespace mim::main
