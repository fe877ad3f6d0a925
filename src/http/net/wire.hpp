// The bytes of an answer's head. Pure, but for the clock behind the Date header.
#pragma once

#include <string>
#include <string_view>

#include "http/forwarded.hpp"
#include "http/response.hpp"

namespace mim::http {

enum class Framing {
    length,   // Content-Length and the body
    chunked,  // an event stream
    to_end,   // an event stream for HTTP/1.0: the end of the connection ends it
};
enum class Ending { keep_alive, close };

// How one answer travels.
struct Passage {
    std::string_view request_id;
    Framing framing = Framing::length;
    Ending ending = Ending::keep_alive;
    Scheme scheme = Scheme::http;  // as the client sees it: https makes it stay there
};

// Status line and all headers up to the empty line.
[[nodiscard]] std::string response_head(const Response& response, const Passage& passage);
[[nodiscard]] std::string chunk(std::string_view text);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

[[nodiscard]] std::string_view reason_phrase(unsigned status);

}  // namespace mim::http
