#include "http/net/message.hpp"

#include <utility>

namespace mim::http {

namespace beast_http = boost::beast::http;

std::string joined_lines(const Message& message, std::string_view name) {
    std::string list;
    const auto [first, last] = message.equal_range(name);
    for (auto line = first; line != last; ++line) {
        if (!list.empty()) list += ", ";
        list.append(line->value());
    }
    return list;
}

ForwardedLines forwarded_lines(const Message& message) {
    return {joined_lines(message, "X-Forwarded-For"), joined_lines(message, "X-Forwarded-Proto"),
            joined_lines(message, "Forwarded")};
}

Method method_of(const Message& message) {
    switch (message.method()) {
        case beast_http::verb::get:
            return Method::get;
        case beast_http::verb::head:
            return Method::head;
        case beast_http::verb::post:
            return Method::post;
        case beast_http::verb::put:
            return Method::put;
        case beast_http::verb::delete_:
            return Method::remove;
        case beast_http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

Request take_request(Message& message) {
    Request request;
    request.method = method_of(message);
    set_target(request, message.target());
    request.authorization = message[beast_http::field::authorization];
    request.content_type = message[beast_http::field::content_type];
    request.accept = message[beast_http::field::accept];
    request.origin = message[beast_http::field::origin];
    request.body = std::move(message.body());
    return request;
}

}  // namespace mim::http
