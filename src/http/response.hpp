// One answer, on its way to the session. Movable only: it may own a stream of events.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_budget.hpp"

namespace mim::http {

// The body of a server-sent event stream: asked again and again until it says it is at its end.
class EventSource {
  public:
    enum class Then { go_on, end };
    struct Batch {
        std::string text;  // whole events in wire form; empty when nothing changed
        Then then = Then::go_on;
    };
    virtual ~EventSource() = default;
    // What happened since the last call. Blocking: called on the work pool, one call at a time. What it
    // throws ends the connection.
    virtual Batch next() = 0;
};

struct Header {
    std::string_view name;  // a literal
    std::string value;
};

inline constexpr std::string_view json_type = "application/json";
// What a browser may do with an answer that is not made for one: nothing.
inline constexpr std::string_view no_content_policy = "default-src 'none'; frame-ancestors 'none'";

struct Response {
    unsigned status = 200;
    std::string_view content_type = json_type;                     // a literal
    std::string_view content_security_policy = no_content_policy;  // a literal
    std::string_view cache_control = "no-store";                   // a literal
    std::string body;
    std::vector<Header> headers;
    std::unique_ptr<EventSource> events;  // when set, `body` is unused
    // What the body holds of a target's answers, for as long as it is kept; or none.
    std::shared_ptr<Holding> held;
};

}  // namespace mim::http
