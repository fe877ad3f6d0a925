#include "http/net/wire.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <ctime>

namespace mim::http {
namespace {

constexpr unsigned status_no_content = 204;

// One constant piece: a browser is told to guess, embed, share and remember nothing.
constexpr std::string_view fixed_headers =
    "Server: mim\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";
constexpr std::string_view stay_secure = "Strict-Transport-Security: max-age=31536000\r\n";

// RFC 9110's IMF-fixdate, made once a second and thread.
std::string_view http_date() {
    thread_local std::time_t made_for = 0;
    thread_local std::array<char, 40> text{};
    thread_local std::size_t length = 0;
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (now != made_for) {
        made_for = now;
        std::tm parts{};
        gmtime_r(&now, &parts);
        length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    }
    return {text.data(), length};
}

void append_number(std::string& out, std::size_t number, int base = 10) {
    std::array<char, 24> digits{};
    const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), number, base);
    static_cast<void>(failure);  // 24 characters hold every 64-bit number
    out.append(digits.data(), end);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view reason_phrase(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 204:
            return "No Content";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Unknown";
    }
}

std::string response_head(const Response& response, const Passage& passage) {
    std::string head;
    head.reserve(1024);
    head += "HTTP/1.1 ";
    append_number(head, response.status);
    head.append(" ").append(reason_phrase(response.status)).append("\r\n");
    append_header(head, "Date", http_date());
    append_header(head, "X-Request-Id", passage.request_id);
    head += fixed_headers;
    append_header(head, "Content-Security-Policy", response.content_security_policy);
    append_header(head, "Cache-Control", response.cache_control);
    if (passage.scheme == Scheme::https) head += stay_secure;
    for (const Header& header : response.headers) append_header(head, header.name, header.value);
    if (response.status == 401) append_header(head, "WWW-Authenticate", "Bearer");
    if (passage.ending == Ending::close) append_header(head, "Connection", "close");
    if (response.status != status_no_content) append_header(head, "Content-Type", response.content_type);
    if (passage.framing == Framing::chunked) append_header(head, "Transfer-Encoding", "chunked");
    if (passage.framing == Framing::length && response.status != status_no_content) {
        head += "Content-Length: ";
        append_number(head, response.body.size());
        head += "\r\n";
    }
    return head += "\r\n";
}

std::string chunk(std::string_view text) {
    std::string framed;
    framed.reserve(text.size() + 16);
    append_number(framed, text.size(), 16);
    return framed.append("\r\n").append(text).append("\r\n");
}

}  // namespace mim::http
