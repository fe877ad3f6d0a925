#include "main/settings/topics.hpp"

namespace mim::main {

void add_tls_settings(SettingTable& table, http::TlsSettings& settings) {
    table.add_path("--tls-certificate", settings.certificate,
                   "Serve HTTPS: PEM file with the certificate first, then its chain; read again at SIGHUP");
    table.add_path("--tls-key", settings.key, "Its private key: PEM file without a passphrase");
    table.add_seconds("--tls-handshake-timeout-seconds", settings.handshake_timeout,
                      "For a TLS handshake to end");
    table.add_count("--tls-max-handshakes", settings.max_handshakes,
                    "TLS handshakes under way at once; one more connection is closed", 1, 100'000);
}

void add_web_settings(SettingTable& table, http::ServerSettings& settings) {
    table.add_list("--trusted-proxies", settings.trusted_proxies,
                   "Networks and addresses of proxies, separated by commas, whose word about the client's "
                   "address and scheme is believed. Default: nobody's");
    table.add_choice<http::ForwardedHeader>(
        "--forwarded-header", settings.forwarded_header,
        {{"x-forwarded-for", http::ForwardedHeader::x_forwarded_for},
         {"forwarded", http::ForwardedHeader::forwarded}},
        "The header these proxies write; the other one is ignored, as clients can forge it");
    table.add_list(
        "--cors-origins", settings.cors_origins,
        "Web origins, separated by commas, whose pages may use the API from a browser, for example "
        "https://console.example.com. Default: none");
}

}  // namespace mim::main
