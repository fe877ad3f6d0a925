#include "http/cross_origin.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mim::http {
namespace {

constexpr std::string_view readable_headers = "X-Request-Id, Retry-After, Content-Disposition";
constexpr std::string_view sendable_headers = "Authorization, Content-Type, Accept, X-Request-Id";
constexpr std::string_view preflight_seconds = "600";

bool is_host_character(char letter) {
    return ascii::is_letter_or_digit(letter) ||
           std::string_view(".-_:[]").find(letter) != std::string_view::npos;
}

// As a browser writes it: lower case, without the scheme's own port. Empty when it is no origin.
std::string normal_origin(const std::string& text) {
    std::string origin = ascii::lower(text);
    const std::size_t scheme = origin.find("://");
    if (scheme == std::string::npos || scheme == 0) return {};
    const std::string_view host = std::string_view(origin).substr(scheme + 3);
    if (host.empty() || !std::ranges::all_of(host, is_host_character)) return {};
    const std::string_view port = origin.starts_with("https:") ? ":443" : ":80";
    if (origin.starts_with("http") && origin.ends_with(port)) origin.resize(origin.size() - port.size());
    return origin;
}

std::string_view header_of(const Response& response, std::string_view name) {
    const auto found = std::ranges::find(response.headers, name, &Header::name);
    return found != response.headers.end() ? std::string_view(found->value) : std::string_view();
}

}  // namespace

Result<CrossOrigin> CrossOrigin::create(const std::vector<std::string>& origins) {
    CrossOrigin made;
    for (const std::string& text : origins) {
        made.origins_.push_back(normal_origin(text));
        if (made.origins_.back().empty()) {
            return invalid_field("--cors-origins",
                                 "'" + text + "' is not an origin, for example https://console.example.com");
        }
    }
    return made;
}

void CrossOrigin::mark(const Request& request, Response& response) const {
    if (origins_.empty()) return;
    response.headers.push_back({"Vary", "Origin"});
    if (request.origin.empty() || std::ranges::find(origins_, request.origin) == origins_.end()) return;
    std::string allowed_methods(header_of(response, "Allow"));
    response.headers.push_back({"Access-Control-Allow-Origin", request.origin});
    response.headers.push_back({"Access-Control-Expose-Headers", std::string(readable_headers)});
    if (request.method != Method::options || response.status >= 300) return;
    response.headers.push_back({"Access-Control-Allow-Methods", std::move(allowed_methods)});
    response.headers.push_back({"Access-Control-Allow-Headers", std::string(sendable_headers)});
    response.headers.push_back({"Access-Control-Max-Age", std::string(preflight_seconds)});
}

}  // namespace mim::http
