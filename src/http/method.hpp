// The request methods this service tells apart.
#pragma once

#include <string_view>

namespace mim::http {

enum class Method { get, head, post, put, remove, options, other };

// "GET", "DELETE" …; "OTHER" for what this service does not know: a foreign word never reaches log or
// metrics.
[[nodiscard]] constexpr std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::remove:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            return "OTHER";
    }
    return "OTHER";
}

}  // namespace mim::http
