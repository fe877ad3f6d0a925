// TLS, ended in this process: which files, and what a handshake may cost.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace mim::http {

struct TlsSettings {
    std::string certificate;  // PEM file: the server's certificate first, then its chain; neither = no TLS
    std::string key;          // PEM file: its private key, without a passphrase
    std::chrono::milliseconds handshake_timeout{5'000};  // from the accepted connection to its end
    std::size_t max_handshakes = 512;                    // under way at once; more connections are closed
    [[nodiscard]] bool is_on() const { return !certificate.empty() || !key.empty(); }
};

}  // namespace mim::http
