#include <iostream>

#include "drivers/curl/client.hpp"
#include "main/commands.hpp"
#include "main/process.hpp"

namespace mim::main {
namespace {

// A server that listens on every address listens on this machine's own as well.
std::string reachable(const std::string& host) {
    if (host == "0.0.0.0") return "127.0.0.1";
    return host == "::" ? "::1" : host;
}

Done ask(const HealthcheckSettings& settings) {
    const auto& http = settings.common.http;
    if (http.port == 0) return invalid_field("--listen", "port 0 is any free one, so nobody knows which");
    const std::string url = (http.tls.is_on() ? "https://" : "http://") +
                            Endpoint{reachable(http.host), http.port}.text() + "/healthz";
    // The certificate is for the names that clients use; here it is this machine that is asked.
    curl::ClientSettings direct;
    direct.timeout = settings.timeout;
    direct.certificates = curl::Certificates::ignored;
    direct.way = curl::Way::direct;
    curl::Client client(direct);
    const auto reply = client.get(url);
    if (!reply) return Error(ErrorCode::not_ready, url + ": " + reply.error().message);
    if (reply->status == 200) return {};
    return Error(ErrorCode::not_ready, url + " answers " + std::to_string(reply->status));
}

}  // namespace

int check_health(const HealthcheckSettings& settings) {
    const auto healthy = ask(settings);
    return healthy ? 0 : fail(healthy.error());
}

}  // namespace mim::main
